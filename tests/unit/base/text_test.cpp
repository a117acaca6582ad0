// Text helpers: comparison keys, UTF-8, JSON escapes.
#include "base/text.hpp"

#include <gtest/gtest.h>

namespace rollcall {
namespace {

TEST(Fold, G23_IgnoresCaseAndUnicodeForm) {
    EXPECT_EQ(fold("Ada@Example.COM"), "ada@example.com");
    EXPECT_EQ(fold("STRASSE"), fold("straße"));
    EXPECT_EQ(fold("\u00c9lan"), fold("e\u0301lan"));  // composed and decomposed
    EXPECT_NE(fold("Ada"), fold("Ida"));
}

TEST(Fold, KeepsBytesThatAreNotUtf8) {
    EXPECT_EQ(fold("A\xff"), "A\xff");
}

// G-23
TEST(FoldUserName, MapsWidthToo) {
    EXPECT_EQ(fold_user_name("Ann@X.test"), "ann@x.test");
    EXPECT_EQ(fold_user_name("\uff21\uff4e\uff4e"), "ann");
    EXPECT_EQ(fold_user_name("\uff21\uff46\uff20\u3000"), "af@ ");
    EXPECT_EQ(fold_user_name("\u00c9lan"), fold("e\u0301lan"));
    EXPECT_EQ(fold_user_name("\uff76\uff9e"), "\u30ac") << "a halfwidth letter and its mark";
    EXPECT_EQ(fold_user_name("\uffe6\uff62"), "\u20a9\u300c");
    // What the usual forms would be by compatibility is no matter of width.
    EXPECT_EQ(fold_user_name("\uffa1\uffbe\uffdc\uffe3"), "\u3131\u314e\u3163\u00af");
    EXPECT_NE(fold_user_name("\u2460"), "1");
    EXPECT_NE(fold_user_name("\u00b2"), "2");
    EXPECT_EQ(fold_user_name("A\xff"), "A\xff");
}

TEST(FoldUserName, MakesTheSameOfWhatIsFolded) {
    for (auto const* name : {"\uff21nn", "\uff76\uff9e", "Stra\u00dfe", "E\u0301\uff25\u0301"}) {
        EXPECT_EQ(fold_user_name(fold(name)), fold_user_name(name)) << name;
        EXPECT_EQ(fold_user_name(fold_user_name(name)), fold_user_name(name)) << name;
    }
}

TEST(SimpleLower, KeepsLettersApart) {
    EXPECT_EQ(simple_lower("ADA"), "ada");
    EXPECT_EQ(simple_lower("E\u0301LODIE"), simple_lower("\u00e9lodie"));
    EXPECT_EQ(simple_lower("STRA\u00dfE"), "stra\u00dfe");
    EXPECT_NE(simple_lower("\u017ftrasse"), "strasse");
    EXPECT_NE(simple_lower("\u212a"), "k");
    EXPECT_NE(simple_lower("\u0130"), "i");
    EXPECT_EQ(simple_lower("A\xff"), "A\xff");
}

TEST(EqualFolded, AgreesWithFold) {
    EXPECT_TRUE(equal_folded("Grüße", "GRÜSSE"));
    EXPECT_TRUE(equal_folded("userName", "USERNAME"));
    EXPECT_FALSE(equal_folded("user", "users"));
}

TEST(Utf8, RefusesMalformedSequences) {
    EXPECT_TRUE(is_valid_utf8("plain"));
    EXPECT_TRUE(is_valid_utf8("\xf0\x9f\x99\x82"));
    for (std::string_view text :
         {"\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80"}) {
        EXPECT_FALSE(is_valid_utf8(text));
    }
}

TEST(Utf8, CountsCodePointsNotBytes) {
    EXPECT_EQ(count_code_points("héé"), 3u);
}

TEST(ControlCharacters, AreFound) {
    EXPECT_TRUE(has_control_character("a\nb"));
    EXPECT_TRUE(has_control_character("a\x7f"));
    EXPECT_TRUE(has_control_character("a\u0085"));
    EXPECT_FALSE(has_control_character("a b é"));
}

TEST(Trim, RemovesWhiteSpaceAtBothEnds) {
    EXPECT_EQ(trim("  a b\t"), "a b");
    EXPECT_EQ(trim(" \r\n"), "");
}

TEST(Blank, IsWhiteSpaceOfEveryScriptAndControlCharacters) {
    for (auto const* text :
         {"", " \t\r\n", "\u00a0", "\u2003\u3000", "\u2028\u2029", "\u0085\x01"}) {
        EXPECT_TRUE(is_blank(text)) << text;
    }
    for (auto const* text : {"a", "\u3000a", "é", "\u200b", "\xff", " \xff"}) {
        EXPECT_FALSE(is_blank(text)) << text;
    }
}

TEST(JsonEscape, EscapesExactlyWhatMustBe) {
    std::string out = "<";
    append_json_escaped(out, "a\"b\\c\n\x01/é");
    EXPECT_EQ(out, "<a\\\"b\\\\c\\n\\u0001/é");
}

}  // namespace
}  // namespace rollcall
