// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editor/ink.h"

namespace cupel::widgets {

QColor color(Ink ink)
{
    switch (ink) {
    case Ink::Primary:
        return color(Token::TextPrimary);
    case Ink::Secondary:
        return color(Token::TextSecondary);
    case Ink::Muted:
        return color(Token::TextMuted);
    case Ink::Keyword:
    case Ink::Magenta:
        return color(Token::CodeKeyword);
    case Ink::String:
    case Ink::Green:
        return color(Token::CodeString);
    case Ink::Number:
    case Ink::Yellow:
        return color(Token::CodeNumber);
    case Ink::Comment:
        return color(Token::CodeComment);
    case Ink::Link:
    case Ink::Blue:
        return color(Token::Link);
    case Ink::Red:
        return color(Token::High);
    case Ink::Cyan:
        return color(Token::Accent);
    }
    return color(Token::TextPrimary);
}

} // namespace cupel::widgets
