// SPDX-License-Identifier: GPL-3.0-or-later
// An earlier revision of a file out of its git repository, by asking git for the object: no filter, hook, pager or
// configuration of the repository takes part.
#pragma once

#include "analyzers/base/result.h"

#include <memory>
#include <string>

namespace cupel::cli {

[[nodiscard]] Result<std::shared_ptr<const std::string>> gitBlob(
    const std::string& revision, const std::string& path, std::uint64_t mostBytes);

} // namespace cupel::cli
