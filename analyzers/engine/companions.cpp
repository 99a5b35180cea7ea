// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/companions.h"

#include "analyzers/engine/checkpoint_companions.h"
#include "analyzers/engine/file_source.h"
#include "analyzers/formats/tensorflow/tf_schema.h"

#include <algorithm>
#include <array>
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

// By what exporters call a file with the numbers of "model.onnx".
std::vector<std::string> modelsOf(const std::string& name)
{
    constexpr std::string_view model = ".onnx";
    constexpr std::array<std::string_view, 7> endings{
        "_data", ".data", ".bin", ".weight", ".weights", ".weights.bin", ".onnx.bin"};
    std::vector<std::string> out;
    for (const auto ending : endings) {
        if (name.size() > ending.size() && name.ends_with(ending)) {
            auto begin = name.substr(0, name.size() - ending.size());
            out.push_back(begin.ends_with(model) ? begin : begin + std::string(model));
        }
    }
    if (!out.empty()) {
        out.emplace_back("model.onnx"); // of many exporters, whatever the numbers are called
    }
    return out;
}

void addModels(const fs::path& file, const std::string& name, Budget& budget, Neighbours& out)
{
    constexpr std::uint64_t mostModelBytes = 64 << 20; // without its numbers
    for (auto& other : modelsOf(name)) {
        const auto size = other == name || out.find(other) ? std::nullopt : sizeOf(file.parent_path() / other);
        if (!size || *size > mostModelBytes) {
            continue;
        }
        auto content =
            openFile((file.parent_path() / other).string(), std::numeric_limits<std::uint64_t>::max(), budget);
        if (content && content.value().view().find(name) != ByteView::npos) {
            out.members.push_back({std::move(other), *size, {}, std::move(content).value()});
            std::sort(
                out.members.begin(), out.members.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
        }
    }
}

} // namespace

std::shared_ptr<const Neighbours> companionsOf(
    const std::string& path, ByteView bytes, Budget& budget, CheckpointDatabases* databases)
{
    const fs::path file(path);
    const auto name = file.filename().string();
    auto out = std::make_shared<Neighbours>();
    CheckpointDatabases own;
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
    } else if (!addCheckpoint(file, databases ? *databases : own, budget, *out)) {
        addModels(file, name, budget, *out);
    }
    return out->members.empty() ? nullptr : out;
}

} // namespace cupel::engine
