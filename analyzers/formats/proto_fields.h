// SPDX-License-Identifier: GPL-3.0-or-later
// Fields of a message that its format does not have. Programs skip them, so that anything can be put there.
#pragma once

#include "analyzers/base/protobuf.h"

#include <cstdint>

namespace cupel::formats {

// Calls `take` with each field of `message` whose number is larger than `most`; not with those of messages inside it.
template <typename Take> void eachUnknownField(ByteView file, ByteRange message, std::uint32_t most, const Take& take)
{
    ProtoReader reader(file, message);
    for (ProtoField field; reader.next(field);) {
        if (field.number > most) {
            take(field);
        }
    }
}

} // namespace cupel::formats
