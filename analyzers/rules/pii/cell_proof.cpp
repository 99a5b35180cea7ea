// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/cell_proof.h"

#include "analyzers/rules/pii/contact.h"
#include "analyzers/rules/pii/pii_row.h"
#include "analyzers/rules/pii/profile_link.h"
#include "analyzers/rules/pii/scanner_rows.h"
#include "analyzers/rules/pii/shape_index.h"
#include "analyzers/rules/pii/validator.h"

#include <algorithm>
#include <optional>

namespace cupel::rules::pii {

namespace {

ByteView trimmed(ByteView text)
{
    const auto first = text.find_first_not_of(" \t\r\n\"'");
    const auto last = text.find_last_not_of(" \t\r\n\"'");
    return first == ByteView::npos ? ByteView() : text.substr(first, last - first + 1);
}

CellProof judgeOwn(ByteView cell, std::size_t row)
{
    const auto& own = ownRows();
    std::optional<ByteRange> place;
    if (row == own.email) {
        const auto at = cell.find('@');
        place = at == ByteView::npos ? std::nullopt : emailAround(cell, at);
    } else if (row == own.phone) {
        place = cell.starts_with('+') ? internationalPhoneAt(cell, 0) : phoneAt(cell, 0);
    } else if (row == own.mac) {
        place = macAt(cell, 0);
    } else if (row == own.profile) {
        const bool link = profileLink(cell).has_value();
        return {link, link, false}; // the link as a whole
    } else if (row == own.ip || row == own.inside) {
        auto found = ipv4At(cell, 0);
        found = found ? found : ipv6At(cell, 0);
        place = found ? std::optional(found->place) : std::nullopt;
    }
    const bool whole = place && place->start == 0 && place->end == cell.size();
    return {whole, whole && row != own.phone, false};
}

} // namespace

CellProof judgeCell(ByteView cell, std::size_t row)
{
    const std::size_t longest = row == ownRows().profile ? 1000 : 120; // with letters behind percent signs
    cell = trimmed(cell);
    if (cell.empty() || cell.size() > longest) {
        return {};
    }
    if (rows()[row].cells == "own") {
        return judgeOwn(cell, row);
    }
    for (const auto index : ShapeIndex::shared().ofRow(row)) {
        if (matchShape(ShapeIndex::shared().shape(index).shape, cell, 0) != cell.size()) {
            continue;
        }
        const auto& checks = checksOfRows()[row];
        const auto value = compact(cell, !rows()[row].exactCase);
        if (std::all_of(checks.all.begin(), checks.all.end(),
                [&value](const Validator* validator) { return validator->holds(value); })) {
            return {true, !checks.all.empty(), checks.checksum};
        }
    }
    return {};
}

} // namespace cupel::rules::pii
