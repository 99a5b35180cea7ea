// SPDX-License-Identifier: GPL-3.0-or-later
// Fields of a message that its format does not have. Programs skip them, so that anything can be put there.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/protobuf.h"

#include <algorithm>
#include <cstdint>

namespace cupel::formats {

// What stands behind the end of a whole file: the wire format has no end, so it is where no field is known any more and
// the rest breaks off. Empty: nothing does, or the budget ended. `known` answers about a field.
template <typename Known> ByteRange behindLastField(ByteView file, Budget& budget, const Known& known)
{
    ProtoReader reader(file, {0, file.size()});
    std::uint64_t first = file.size(); // of the unknown ones
    auto at = reader.at();
    for (ProtoField field; reader.next(field); at = reader.at()) {
        if (!budget.spend(field.costs())) {
            return {};
        }
        if (!known(field)) {
            first = std::min(first, field.start);
        } else if (field.wire == ProtoWire::Bytes) { // too much to be met by chance
            first = file.size();
        }
    }
    if (reader.trouble() == ProtoTrouble::None || first < file.size()) {
        return reader.trouble() == ProtoTrouble::None ? ByteRange{} : ByteRange{first, file.size()};
    }
    std::uint64_t tag = 0;
    auto end = at;
    const bool readable = nextPacked(file, end, file.size(), tag);
    const ProtoField broken{
        static_cast<std::uint32_t>(tag >> 3), static_cast<ProtoWire>(tag & 7), 0, at, {at, file.size()}};
    const bool cut = readable && tag >> 32 == 0 && broken.number != 0 && known(broken); // it should go on
    return cut ? ByteRange{} : ByteRange{at, file.size()};
}

// Calls `take` with each field of `message` whose number is larger than `most`; not with those of messages inside it.
// What stands behind the end of a whole file is one field without a number. Until the budget ends.
template <typename Take>
void eachUnknownField(ByteView file, ByteRange message, std::uint32_t most, Budget& budget, const Take& take)
{
    const bool whole = message.start == 0 && message.end == file.size();
    const auto known = [most](const ProtoField& field) { return field.number <= most; };
    const auto behind = whole ? behindLastField(file, budget, known) : ByteRange{message.end, message.end};
    ProtoReader reader(file, message);
    for (ProtoField field; reader.next(field) && (behind.empty() || field.start < behind.start);) {
        if (!budget.spend(field.costs())) {
            return;
        }
        if (field.number > most) {
            take(field);
        }
    }
    if (!behind.empty()) {
        ProtoField last;
        last.start = behind.start;
        last.bytes = behind;
        take(last);
    }
}

} // namespace cupel::formats
