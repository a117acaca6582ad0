"""The issuer whose tokens a backend attests: a key pair, a profile that the server is told of, and tokens."""
import base64
import json
import secrets
import subprocess
import time

ISSUER = "https://login.acme.example"
AUDIENCE = "rollcall-story"


def base64url(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def openssl(*arguments, content=b""):
    return subprocess.run(["openssl", *map(str, arguments)], input=content, capture_output=True, check=True).stdout


class Issuer:
    def __init__(self, folder):
        self.key = folder / "issuer.pem"
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.key)

    def profile(self):
        """What `rollcall token-profile create` reads."""
        return {"name": "Story", "issuer": ISSUER, "audience": AUDIENCE, "public_key_type": "PEM",
                "pem_files": [openssl("pkey", "-in", self.key, "-pubout").decode()],
                "attribute_mapping": {"email": "email", "token_id": "jti"}, "can_jit_provision": False}

    def token(self, email_address):
        """A token of five minutes that says who somebody is."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": email_address, "email": email_address,
                  "jti": secrets.token_hex(16), "iat": now, "exp": now + 300}
        signed = ".".join(base64url(json.dumps(part).encode()) for part in ({"alg": "RS256", "typ": "JWT"}, claims))
        return f"{signed}.{base64url(openssl('dgst', '-sha256', '-sign', self.key, content=signed.encode()))}"
