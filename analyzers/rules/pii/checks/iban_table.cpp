// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/checks/iban_table.h"

#include <algorithm>

namespace cupel::rules::pii::checks {

namespace {

constexpr std::array table{IbanForm{"AD", {{{8, 'n'}, {12, 'c'}}}}, IbanForm{"AE", {{{19, 'n'}}}},
    IbanForm{"AL", {{{8, 'n'}, {16, 'c'}}}}, IbanForm{"AT", {{{16, 'n'}}}}, IbanForm{"AZ", {{{4, 'a'}, {20, 'c'}}}},
    IbanForm{"BA", {{{16, 'n'}}}}, IbanForm{"BE", {{{12, 'n'}}}}, IbanForm{"BG", {{{4, 'a'}, {6, 'n'}, {8, 'c'}}}},
    IbanForm{"BH", {{{4, 'a'}, {14, 'c'}}}}, IbanForm{"BI", {{{23, 'n'}}}},
    IbanForm{"BR", {{{23, 'n'}, {1, 'a'}, {1, 'c'}}}}, IbanForm{"BY", {{{4, 'c'}, {4, 'n'}, {16, 'c'}}}},
    IbanForm{"CH", {{{5, 'n'}, {12, 'c'}}}}, IbanForm{"CR", {{{18, 'n'}}}}, IbanForm{"CY", {{{8, 'n'}, {16, 'c'}}}},
    IbanForm{"CZ", {{{20, 'n'}}}}, IbanForm{"DE", {{{18, 'n'}}}}, IbanForm{"DJ", {{{23, 'n'}}}},
    IbanForm{"DK", {{{14, 'n'}}}}, IbanForm{"DO", {{{4, 'c'}, {20, 'n'}}}}, IbanForm{"EE", {{{16, 'n'}}}},
    IbanForm{"EG", {{{25, 'n'}}}}, IbanForm{"ES", {{{20, 'n'}}}}, IbanForm{"FI", {{{14, 'n'}}}},
    IbanForm{"FK", {{{2, 'a'}, {12, 'n'}}}}, IbanForm{"FO", {{{14, 'n'}}}},
    IbanForm{"FR", {{{10, 'n'}, {11, 'c'}, {2, 'n'}}}}, IbanForm{"GB", {{{4, 'a'}, {14, 'n'}}}},
    IbanForm{"GE", {{{2, 'a'}, {16, 'n'}}}}, IbanForm{"GI", {{{4, 'a'}, {15, 'c'}}}}, IbanForm{"GL", {{{14, 'n'}}}},
    IbanForm{"GR", {{{7, 'n'}, {16, 'c'}}}}, IbanForm{"GT", {{{20, 'c'}}}}, IbanForm{"HR", {{{17, 'n'}}}},
    IbanForm{"HU", {{{24, 'n'}}}}, IbanForm{"IE", {{{4, 'a'}, {14, 'n'}}}}, IbanForm{"IL", {{{19, 'n'}}}},
    IbanForm{"IQ", {{{4, 'a'}, {15, 'n'}}}}, IbanForm{"IS", {{{22, 'n'}}}},
    IbanForm{"IT", {{{1, 'a'}, {10, 'n'}, {12, 'c'}}}}, IbanForm{"JO", {{{4, 'a'}, {4, 'n'}, {18, 'c'}}}},
    IbanForm{"KW", {{{4, 'a'}, {22, 'c'}}}}, IbanForm{"KZ", {{{3, 'n'}, {13, 'c'}}}},
    IbanForm{"LB", {{{4, 'n'}, {20, 'c'}}}}, IbanForm{"LC", {{{4, 'a'}, {24, 'c'}}}},
    IbanForm{"LI", {{{5, 'n'}, {12, 'c'}}}}, IbanForm{"LT", {{{16, 'n'}}}}, IbanForm{"LU", {{{3, 'n'}, {13, 'c'}}}},
    IbanForm{"LV", {{{4, 'a'}, {13, 'c'}}}}, IbanForm{"LY", {{{21, 'n'}}}},
    IbanForm{"MC", {{{10, 'n'}, {11, 'c'}, {2, 'n'}}}}, IbanForm{"MD", {{{20, 'c'}}}}, IbanForm{"ME", {{{18, 'n'}}}},
    IbanForm{"MK", {{{3, 'n'}, {10, 'c'}, {2, 'n'}}}}, IbanForm{"MN", {{{16, 'n'}}}}, IbanForm{"MR", {{{23, 'n'}}}},
    IbanForm{"MT", {{{4, 'a'}, {5, 'n'}, {18, 'c'}}}}, IbanForm{"MU", {{{4, 'a'}, {19, 'n'}, {3, 'a'}}}},
    IbanForm{"NI", {{{4, 'a'}, {20, 'n'}}}}, IbanForm{"NL", {{{4, 'a'}, {10, 'n'}}}}, IbanForm{"NO", {{{11, 'n'}}}},
    IbanForm{"OM", {{{3, 'n'}, {16, 'c'}}}}, IbanForm{"PK", {{{4, 'a'}, {16, 'c'}}}}, IbanForm{"PL", {{{24, 'n'}}}},
    IbanForm{"PS", {{{4, 'a'}, {21, 'c'}}}}, IbanForm{"PT", {{{21, 'n'}}}}, IbanForm{"QA", {{{4, 'a'}, {21, 'c'}}}},
    IbanForm{"RO", {{{4, 'a'}, {16, 'c'}}}}, IbanForm{"RS", {{{18, 'n'}}}}, IbanForm{"RU", {{{14, 'n'}, {15, 'c'}}}},
    IbanForm{"SA", {{{2, 'n'}, {18, 'c'}}}}, IbanForm{"SC", {{{4, 'a'}, {20, 'n'}, {3, 'a'}}}},
    IbanForm{"SD", {{{14, 'n'}}}}, IbanForm{"SE", {{{20, 'n'}}}}, IbanForm{"SI", {{{15, 'n'}}}},
    IbanForm{"SK", {{{20, 'n'}}}}, IbanForm{"SM", {{{1, 'a'}, {10, 'n'}, {12, 'c'}}}}, IbanForm{"SO", {{{19, 'n'}}}},
    IbanForm{"ST", {{{21, 'n'}}}}, IbanForm{"SV", {{{4, 'a'}, {20, 'n'}}}}, IbanForm{"TL", {{{19, 'n'}}}},
    IbanForm{"TN", {{{20, 'n'}}}}, IbanForm{"TR", {{{6, 'n'}, {16, 'c'}}}}, IbanForm{"UA", {{{6, 'n'}, {19, 'c'}}}},
    IbanForm{"VA", {{{18, 'n'}}}}, IbanForm{"VG", {{{4, 'a'}, {16, 'n'}}}}, IbanForm{"XK", {{{16, 'n'}}}},
    IbanForm{"YE", {{{4, 'a'}, {4, 'n'}, {18, 'c'}}}}};

} // namespace

const IbanForm* findIbanForm(std::string_view country)
{
    const auto hit = std::lower_bound(table.begin(), table.end(), country,
        [](const IbanForm& form, std::string_view wanted) { return form.country < wanted; });
    return hit != table.end() && hit->country == country ? &*hit : nullptr;
}

} // namespace cupel::rules::pii::checks
