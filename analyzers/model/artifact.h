// SPDX-License-Identifier: GPL-3.0-or-later
// One thing to look at: a file, or a member of a container. Its bytes are shared and never change.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/base/hash.h"
#include "analyzers/base/shared_bytes.h"

#include <memory>
#include <string>

namespace cupel {

struct Neighbours;

struct Artifact {
    std::string path; // logical path, as given on the command line, members joined with '!'
    std::string parent; // logical path of the container, empty at top level
    std::uint32_t depth = 0; // how many containers deep
    SharedBytes bytes; // may be none: not read
    Sha256 sha256{};
    std::shared_ptr<const Neighbours> beside; // of a member whose container tells; may be null
    std::shared_ptr<const Neighbours> companions; // of a file on disk that needs others to be understood; may be null
    std::string_view readAs; // a format of formats.def: the second reading of a polyglot; empty: as the content says

    [[nodiscard]] ByteView view() const { return bytes.view(); }
    // The last path component, for sniffing by name: "a.pkl" of "zoo.zip!weights/a.pkl".
    [[nodiscard]] std::string_view fileName() const;
    // Of a member: its path inside the container. Empty at top level.
    [[nodiscard]] std::string_view memberName() const;
};

} // namespace cupel
