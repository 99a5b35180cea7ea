// SPDX-License-Identifier: GPL-3.0-or-later
// A whole file as any loader could read it: stream after stream to its end, raw arrays between opcodes, storages of old
// PyTorch files behind the streams, and streams that begin behind bytes nobody understands.
#pragma once

#include "analyzers/base/padding.h"
#include "analyzers/formats/pickle/arrays.h"
#include "analyzers/formats/pickle/machine.h"
#include "analyzers/formats/pickle/nested.h"
#include "analyzers/model/facts.h"

#include <memory>

namespace cupel::formats::pickle {

class Walker {
public:
    Walker(const Artifact& artifact, Budget& budget, Facts& out);
    void run();

private:
    StreamEnd stream(std::uint64_t start);
    [[nodiscard]] bool namesInArrays(std::uint64_t start);
    void again(PickleStream found, bool dropsFrames);
    void record(const Machine& machine, PickleStream stream, const StreamEnd& end);
    void describe(const Machine& machine);
    void noteBrought();
    void finish(std::uint64_t gaps);
    void literal(const Op& op, bool text);
    void quietTexts(ByteRange texts);
    void addRegion(ByteRange range);
    void addNested(const Op& op, bool text);
    void giveMember(std::string name, std::string bytes, ByteRange place);
    [[nodiscard]] std::uint64_t arrayFollows(Value object, std::uint64_t at);
    void addArray(Value object, const ArrayBytes& array);
    [[nodiscard]] std::uint64_t torchStorages(std::uint64_t at);
    [[nodiscard]] std::uint64_t storagesByKey(std::uint64_t at, std::uint64_t keysAt);
    [[nodiscard]] std::uint64_t rawOfOldTorch(std::uint64_t at) const;
    void tellTensors();
    Padding tellBetween(ByteRange place);
    [[nodiscard]] std::uint64_t nextStream(std::uint64_t at, bool stopped) const;
    void behindJoblib(std::uint64_t at);
    [[nodiscard]] bool streamFollows(std::uint64_t at) const;
    void incomplete(std::string_view code, std::string message, std::uint64_t at);

    const Artifact& m_artifact;
    ByteView m_bytes;
    Budget& m_budget;
    Facts& m_out;
    std::shared_ptr<PickleFacts> m_facts;
    Recorder m_recorder;
    TorchTensors m_tensors;
    NestedSigns m_signs;
    Machine m_machine;
    std::uint64_t m_understood = 0;
    std::uint64_t m_nestedCount = 0;
    std::uint64_t m_carriedCount = 0;
    bool m_isCut = false; // the last stream ends with the file
    bool m_isOldTorch = false;
    bool m_storagesRead = false; // of an old PyTorch file
    std::size_t m_causes = 0; // facts that were there after the last stream
    bool m_replaying = false; // the second reading: literals were seen
    bool m_plainReading = false; // as pickle.load does, which passes over no arrays
    bool m_arraysInStream = false;
};

} // namespace cupel::formats::pickle
