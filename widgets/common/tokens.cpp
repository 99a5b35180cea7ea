// SPDX-License-Identifier: GPL-3.0-or-later
// The token table: every colour of the workbench, four themes wide. tests/unit checks the contrast of its pairs.
#include "widgets/common/theme.h"

#include <array>
#include <cstddef>

namespace cupel::widgets {

namespace {

struct Row {
    Token token;
    std::array<QRgb, 4> rgb; // light, dark, contrast light, contrast dark
};

constexpr std::array<Row, static_cast<std::size_t>(Token::Count)> tokenTable{{
    {Token::Window, {0xF5F6F8, 0x14171C, 0xFFFFFF, 0x000000}},
    {Token::Surface, {0xFFFFFF, 0x1A1E24, 0xFFFFFF, 0x000000}},
    {Token::Third, {0xECEEF2, 0x222730, 0xEFEFEF, 0x1F1F1F}},
    {Token::TextPrimary, {0x1A1E24, 0xE5E8EC, 0x000000, 0xFFFFFF}},
    {Token::TextSecondary, {0x444C57, 0xB4BBC6, 0x1A1A1A, 0xF0F0F0}},
    {Token::TextMuted, {0x5C6572, 0x8F98A6, 0x333333, 0xD0D0D0}},
    {Token::Link, {0x0B5CAD, 0x74B7FF, 0x0033AA, 0x8CC8FF}},
    {Token::Accent, {0x0B6B66, 0x4FC3B7, 0x0033AA, 0xFFE500}},
    {Token::TextOnAccent, {0xFFFFFF, 0x06211E, 0xFFFFFF, 0x000000}},
    {Token::ControlBorder, {0x7D8794, 0x6B7585, 0x000000, 0xFFFFFF}},
    {Token::Hairline, {0xD5DAE1, 0x323945, 0x4D4D4D, 0xA8A8A8}},
    {Token::Selection, {0xCDE7E4, 0x17403C, 0xCCE0FF, 0x003B73}},
    {Token::WarnBand, {0xFFF3D6, 0x3A3013, 0xFFF0B3, 0x332A00}},
    {Token::ErrorBand, {0xFBE4E1, 0x43201F, 0xFFDAD6, 0x4A0A08}},
    {Token::DiffAdded, {0xDDF3E4, 0x17351F, 0xCFF5D8, 0x00330F}},
    {Token::DiffRemoved, {0xFBE3E4, 0x43201F, 0xFFD9DB, 0x4A0A10}},
    {Token::CodeKeyword, {0x7A2E8E, 0xD7A6F0, 0x5B0F72, 0xE7BFFF}},
    {Token::CodeString, {0x2C6B2F, 0x9BD38E, 0x0B4A10, 0xA8F09A}},
    {Token::CodeNumber, {0x8A4B00, 0xF0B775, 0x6B3500, 0xFFC97A}},
    {Token::CodeComment, {0x5C6572, 0x8F98A6, 0x3D3D3D, 0xD0D0D0}},
    {Token::Critical, {0x622147, 0xE3317F, 0x4D0032, 0xFF85BE}},
    {Token::High, {0xAB332A, 0xDE9560, 0x8A1409, 0xFFAA70}},
    {Token::Medium, {0xC27700, 0xFFE339, 0x6B4300, 0xFFE339}},
    {Token::Low, {0x095C9D, 0x068DD3, 0x003F7D, 0x6FC3FF}},
    {Token::Info, {0x6B7181, 0xA5ACBB, 0x444955, 0xC9CED8}},
    {Token::Ok, {0x509775, 0xA1E0BD, 0x0F5132, 0xA1E0BD}},
}};

constexpr bool inOrder()
{
    for (std::size_t i = 0; i < tokenTable.size(); ++i) {
        if (static_cast<std::size_t>(tokenTable[i].token) != i) {
            return false;
        }
    }
    return true;
}
static_assert(inOrder(), "rows of the token table are in the order of Token");

} // namespace

QColor color(Token token, ThemeName theme)
{
    return QColor::fromRgb(tokenTable[static_cast<std::size_t>(token)].rgb[static_cast<std::size_t>(theme)]);
}

} // namespace cupel::widgets
