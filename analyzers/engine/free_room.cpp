// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/free_room.h"

#include <filesystem>
#include <system_error>

namespace cupel::engine {

std::string lacksRoom(const std::string& target, std::uint64_t bytes)
{
    std::error_code error;
    const auto status = std::filesystem::status(target, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        return {};
    }
    const auto folder = std::filesystem::path(target).parent_path();
    const auto room = std::filesystem::space(folder.empty() ? "." : folder, error);
    if (error || room.available >= bytes) {
        return {};
    }
    return "it would have " + std::to_string(bytes) + " bytes, and its disk has room for "
        + std::to_string(room.available);
}

} // namespace cupel::engine
