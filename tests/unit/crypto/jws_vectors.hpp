// Keys and tokens that others made: RFC 7515 appendix A, RFC 8037 appendix A, and PyJWT 2 with
// python-cryptography for what the RFCs have no example of.
#pragma once

#include <string_view>

namespace rollcall::crypto::vectors {

// --- RFC 7515 §A.2 (RS256), §A.3 (ES256); RFC 8037 §A.2, §A.4 (EdDSA) ---------------------------

inline constexpr std::string_view rfc_rsa_jwk =
    R"({"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-V)"
    R"(aw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9w)"
    R"(Gzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMT)"
    R"(BQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kz)"
    R"(k2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"})";

inline constexpr std::string_view rfc_rs256 =
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGx"
    "lLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5R"
    "Zmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrn"
    "byTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHW"
    "EsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0ig"
    "cN_IoypGlUPQGe77Rw";

inline constexpr std::string_view rfc_ec_jwk =
    R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_F)"
    R"(EzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";

inline constexpr std::string_view rfc_es256 =
    "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGx"
    "lLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8I"
    "SlSApmWQxfKTUJqPP3-Kg6NU1Q";

inline constexpr std::string_view rfc_ed25519_jwk =
    R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";

inline constexpr std::string_view rfc_eddsa =
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09P"
    "GcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

// --- PyJWT; the payload of all is `claims`, their kid rsa-1, ec-1 or ed-1 -----------------------

inline constexpr std::string_view claims =
    R"({"iss":"https://issuer.example.com","aud":"rollcall","exp":2000000000,)"
    R"("email":"ada@example.com"})";

inline constexpr std::string_view rsa_pem = R"(-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2hoGSBdixxQnC5aI4ujD
NYalnbGoraSGOrmo1rYVkQZfcnohT4bN83Lug818j2JBWvn0skaR+iMM9a6OX2Pu
moKLUyBIQpFc0WFov9GwAnkY+ETj3Lxh5clA4DsUJH/M+OUj4jAVMB+HSxqRuQ2Q
rtAbowxIEojuBel8doIHVOakRD7AioEArk+6U8fQRyA6CC3Q0MZFoQlWwYEcQIFg
3G7ANHFRnkGL12+Dj2HRbSSqD3RvaS76B6aAYvdsuUp2NmY2QQVAszpi70lwlUKf
Q0NH+fOTB1e7tR9wRD4/K+sCsEV5yrO2KMIjfKvwExz7rXWRcWmhlWsBP+4BeeD+
IQIDAQAB
-----END PUBLIC KEY-----
)";

inline constexpr std::string_view rsa_jwk =
    R"({"kty":"RSA","key_ops":["verify"],"n":"2hoGSBdixxQnC5aI4ujDNYalnbGoraSGOrmo1rYVkQZfc)"
    R"(nohT4bN83Lug818j2JBWvn0skaR-iMM9a6OX2PumoKLUyBIQpFc0WFov9GwAnkY-ETj3Lxh5clA4DsUJH_M-)"
    R"(OUj4jAVMB-HSxqRuQ2QrtAbowxIEojuBel8doIHVOakRD7AioEArk-6U8fQRyA6CC3Q0MZFoQlWwYEcQIFg3)"
    R"(G7ANHFRnkGL12-Dj2HRbSSqD3RvaS76B6aAYvdsuUp2NmY2QQVAszpi70lwlUKfQ0NH-fOTB1e7tR9wRD4_K)"
    R"(-sCsEV5yrO2KMIjfKvwExz7rXWRcWmhlWsBP-4BeeD-IQ","e":"AQAB"})";

inline constexpr std::string_view rs256 =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYS0xIiwidHlwIjoiSldUIn0.eyJpc3MiOiJodHRwczovL2lzc3Vlci5l"
    "eGFtcGxlLmNvbSIsImF1ZCI6InJvbGxjYWxsIiwiZXhwIjoyMDAwMDAwMDAwLCJlbWFpbCI6ImFkYUBleGFtcGxl"
    "LmNvbSJ9.behpJVLmCNAIa2vYw8STncQXaN9mwfWuX8DKt_enU0WOV4u_CPVoh6e2tIVgPSTLwSODA8xSsoxidtv"
    "89fvQj6FMOpZIFzY9FoXnCzeHtB0zpPTavcs1aFwzT69Ggz8Pc4j-UBrc_BJck8nOUf_VYGdWeFhw_wsJR6Bxi_t"
    "1VOLUZhrCNstQqeYwm8_bjTIDKXLQSvJnr1K_3YxRRBYTP3DhekCrQaJOACL-31DdK4mDEFQ7bDu29-p-S3ZMoOs"
    "IjFP_-uz__AqYHlP7VOrdl_x6nRMjQxG7Z5_fWAyS-pCEj6F5_-RfaoicR29IfBW58UU7yC85FH3MpBX85gyx7w";

inline constexpr std::string_view ps256 =
    "eyJhbGciOiJQUzI1NiIsImtpZCI6InJzYS0xIiwidHlwIjoiSldUIn0.eyJpc3MiOiJodHRwczovL2lzc3Vlci5l"
    "eGFtcGxlLmNvbSIsImF1ZCI6InJvbGxjYWxsIiwiZXhwIjoyMDAwMDAwMDAwLCJlbWFpbCI6ImFkYUBleGFtcGxl"
    "LmNvbSJ9.jGWHRKRF3l259-P7s1L0D0TEICn9YMHoCtfEHBFb22z7a2DaI1WEMHiuUbNMOgKIF7mYKI6qel96nUw"
    "XLxROOU7cjLmvY3QsN4qYpZ4GJSB9UI2uQovLtJEYZmRebErdDV6bDdZsnnb67LgtXi2Fl5v5Ncqdo2o5y4pySAI"
    "65BNmzWPl8IVKIKQ98w9boU4fGN5b4KOiEzxZO71nlikEWLS_Vhx33OO01DmM_xvrjyLsjyZyPjWSDSvxfC7rOVw"
    "eRl1m9n_KHxpU269kzMXqeefaV0i0orhntYYU58Hs1hL8gBpmpHGjFpGM0kiqK9pbyjqZF2o8-WdaCdHt6NK72A";

/// HS256 keyed with the text of `rsa_pem`, as an attacker who knows the public key would make it.
inline constexpr std::string_view hs256_of_rsa_pem =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiAiaHR0cHM6Ly9pc3N1ZXIuZXhhbXBsZS5jb20iLCA"
    "iYXVkIjogInJvbGxjYWxsIiwgImV4cCI6IDIwMDAwMDAwMDAsICJlbWFpbCI6ICJhZGFAZXhhbXBsZS5jb20ifQ."
    "tqGTUzf1znOdtUrnbBJ-S199JtB3wHEXTWDbiuVZvME";

inline constexpr std::string_view ec_pem = R"(-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEL7qJdyRJAKICuxDhAWNCvpukWA5q
RiW0DFJHg/NiOOnye4Bo2VAgIGP3zU0KbuEpmcm9Cd8abJaFOlCw+Uz2Hg==
-----END PUBLIC KEY-----
)";

/// Of the same key; expired in 2020.
inline constexpr std::string_view ec_certificate = R"(-----BEGIN CERTIFICATE-----
MIIBJjCBzaADAgECAgEBMAoGCCqGSM49BAMCMB0xGzAZBgNVBAMMEmlzc3Vlci5l
eGFtcGxlLmNvbTAeFw0yMDAxMDEwMDAwMDBaFw0yMDAyMDEwMDAwMDBaMB0xGzAZ
BgNVBAMMEmlzc3Vlci5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABC+6iXckSQCiArsQ4QFjQr6bpFgOakYltAxSR4PzYjjp8nuAaNlQICBj981N
Cm7hKZnJvQnfGmyWhTpQsPlM9h4wCgYIKoZIzj0EAwIDSAAwRQIhAPZklogVre42
ClYH6KEQEpxkgB+jnrNimPtuDa4bD5eVAiAZLAOkCqcnJhMFYjWqJRzucIJVWSZu
yS6dsjiq3M/7pA==
-----END CERTIFICATE-----
)";

inline constexpr std::string_view ec_jwk =
    R"({"kty":"EC","crv":"P-256","x":"L7qJdyRJAKICuxDhAWNCvpukWA5qRiW0DFJHg_NiOOk","y":"8nu)"
    R"(AaNlQICBj981NCm7hKZnJvQnfGmyWhTpQsPlM9h4"})";

inline constexpr std::string_view es256 =
    "eyJhbGciOiJFUzI1NiIsImtpZCI6ImVjLTEiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2lzc3Vlci5le"
    "GFtcGxlLmNvbSIsImF1ZCI6InJvbGxjYWxsIiwiZXhwIjoyMDAwMDAwMDAwLCJlbWFpbCI6ImFkYUBleGFtcGxlL"
    "mNvbSJ9._EARjUYMwj7Z7kqJC9c6CbwpfisuISn43Fgg1Lw2WP5syzIhXkCvSQXt91sSFYYhYeSvOv9N7REIGU7B"
    "aMaZQg";

inline constexpr std::string_view ed25519_pem = R"(-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA1wcfqJHhMdKdcENWxJb2FUwTKLRuAS8m68ZGnB5SNis=
-----END PUBLIC KEY-----
)";

inline constexpr std::string_view ed25519_jwk =
    R"({"x":"1wcfqJHhMdKdcENWxJb2FUwTKLRuAS8m68ZGnB5SNis","kty":"OKP","crv":"Ed25519"})";

inline constexpr std::string_view eddsa =
    "eyJhbGciOiJFZERTQSIsImtpZCI6ImVkLTEiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2lzc3Vlci5le"
    "GFtcGxlLmNvbSIsImF1ZCI6InJvbGxjYWxsIiwiZXhwIjoyMDAwMDAwMDAwLCJlbWFpbCI6ImFkYUBleGFtcGxlL"
    "mNvbSJ9.eIAEBhutyjLPVAA6rT2oJ49wTSDfg8bTfAx9dzH1ZwyANWxucGh3lLHWnXZa38Tl8kfLmAu_K_2DHoo-"
    "rk9oBg";

// --- Keys that must not be accepted
// -----------------------------------------------------------------

inline constexpr std::string_view rsa_1024_pem = R"(-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDICO2fT/Zr440QweM33VOIo/f7
tSn+pLi9hIhT75XkpRLx+Dizyktahp3ZqD/ZQmguDFq63VUhqAX63Mrj6hbuInlr
Y6tCUHx3grTHgU3OE7dzND7cCQ+7pTnqgDNIaiCjs9VmxWiGwT+40PxujefLyxFh
ZJSGKT+z7YLzzGvYRwIDAQAB
-----END PUBLIC KEY-----
)";

inline constexpr std::string_view rsa_1024_jwk =
    R"({"kty":"RSA","key_ops":["verify"],"n":"yAjtn0_2a-ONEMHjN91TiKP3-7Up_qS4vYSIU--V5KUS8)"
    R"(fg4s8pLWoad2ag_2UJoLgxaut1VIagF-tzK4-oW7iJ5a2OrQlB8d4K0x4FNzhO3czQ-3AkPu6U56oAzSGogo)"
    R"(7PVZsVohsE_uND8bo3ny8sRYWSUhik_s-2C88xr2Ec","e":"AQAB"})";

inline constexpr std::string_view p384_pem = R"(-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEuB9Vjqdt9KQKPM/Uzji83tCLWyhKI2GA
/E7NNaf9BcOsv2jCdxcN93FFN0TLqXB1P/2t7TBcAk3SxnsR7OwuksO0EM2juJwT
7e0NTI4B2ljMThgNz4v39WBYWoCkq7ax
-----END PUBLIC KEY-----
)";

}  // namespace rollcall::crypto::vectors
