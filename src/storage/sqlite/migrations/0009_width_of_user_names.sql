-- Step 9: user names that differ only in the width of letters are the same. A key stays as it was where
-- the name is another user's already. fold_user_name() is the server's own (database.cpp).

UPDATE OR IGNORE users SET user_name_key = fold_user_name(user_name_key)
    WHERE removed = 0 AND user_name_key <> fold_user_name(user_name_key);
