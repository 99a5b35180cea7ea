// SPDX-License-Identifier: GPL-3.0-or-later
// Files beside a file on disk without which it means nothing: the index of a TensorFlow checkpoint for its shards, the
// shards for their index, an ONNX model for the file with its numbers, the database or the description of an array for
// files of a checkpoint of Orbax. Nothing in them is run, nothing of them is reported here.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/neighbours.h"

#include <memory>
#include <string>

namespace cupel::engine {

class CheckpointDatabases;

// By the name and the content of the file, in its folder only; links are not followed. Null: it needs none, or none is
// there. `databases`: of checkpoints, when others of the same are asked for too.
[[nodiscard]] std::shared_ptr<const Neighbours> companionsOf(
    const std::string& path, ByteView bytes, Budget& budget, CheckpointDatabases* databases = nullptr);

} // namespace cupel::engine
