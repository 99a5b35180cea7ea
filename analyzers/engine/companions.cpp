// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/companions.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/formats/tensorflow/tf_schema.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <optional>
#include <system_error>

namespace cupel::engine {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t mostShards = 1'000; // that are looked for
constexpr std::uint64_t mostIndexBytes = 64 << 20; // models of a trillion parameters stay below
constexpr std::string_view indexEnd = ".index";

std::optional<std::uint64_t> sizeOf(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(path, error)) || error) {
        return std::nullopt;
    }
    const auto size = fs::file_size(path, error);
    return error ? std::nullopt : std::optional<std::uint64_t>(size);
}

} // namespace

std::shared_ptr<const Neighbours> companionsOf(const std::string& path, ByteView bytes, Budget& budget)
{
    const fs::path file(path);
    const auto name = file.filename().string();
    auto out = std::make_shared<Neighbours>();
    if (const auto shard = formats::tensorflow::shardName(name)) {
        const auto index = std::string(shard->prefix) + std::string(indexEnd);
        const auto size = sizeOf(file.parent_path() / index);
        if (!size || *size > mostIndexBytes) {
            return nullptr;
        }
        auto content =
            openFile((file.parent_path() / index).string(), std::numeric_limits<std::uint64_t>::max(), budget);
        if (!content) {
            return nullptr;
        }
        out->members.push_back({index, *size, {}, std::move(content).value()});
    } else if (name.ends_with(indexEnd)) {
        const auto prefix = std::string_view(name).substr(0, name.size() - indexEnd.size());
        const auto count = formats::tensorflow::shardCount(bytes);
        for (std::uint64_t i = 0; i < std::min(count, mostShards) && budget.spend(256); ++i) {
            auto other = formats::tensorflow::shardName(prefix, i, count);
            if (const auto size = sizeOf(file.parent_path() / other)) {
                out->members.push_back({std::move(other), *size, {}});
            }
        }
    }
    return out->members.empty() ? nullptr : out;
}

} // namespace cupel::engine
