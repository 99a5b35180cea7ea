// SPDX-License-Identifier: GPL-3.0-or-later
// How large a text would be when it is compressed, without keeping it: for outputs whose compressed size has a limit.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <memory>

namespace cupel {

class DeflateMeter {
public:
    DeflateMeter();
    ~DeflateMeter();
    DeflateMeter(const DeflateMeter&) = delete;
    DeflateMeter& operator=(const DeflateMeter&) = delete;
    void add(ByteView text);
    [[nodiscard]] std::uint64_t finish(); // bytes; nothing can be added afterwards

private:
    struct Stream;
    std::unique_ptr<Stream> m_stream; // null: there was no memory for it, bytes count as they are
    std::uint64_t m_bytes = 0;
};

} // namespace cupel
