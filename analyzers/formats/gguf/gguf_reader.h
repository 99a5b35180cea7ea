// SPDX-License-Identifier: GPL-3.0-or-later
// One GGUF file front to back: counts, pairs of key and value, what the tensors say, then the data. A part that cannot
// be read ends the reading; what was understood before stays.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/byte_cover.h"
#include "analyzers/formats/gguf/gguf_types.h"
#include "analyzers/model/facts.h"

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace cupel::formats::gguf {

class Reader {
public:
    Reader(const Artifact& artifact, Budget& budget, Facts& out);
    void run();

private:
    struct Tensor {
        ModelTensor shown;
        std::uint64_t offset = 0; // in the data
        std::uint64_t size = 0;
        ByteRange place; // of the name
    };

    // gguf_format.cpp
    bool begin();
    void stop(std::string why, std::uint64_t at);
    void flaw(std::string_view code, ByteRange place, std::string detail = {}, std::vector<ByteRange> quotes = {});

    // gguf_values.cpp
    bool values(std::uint64_t count);
    bool oneValue();
    bool keyIsFine(ByteRange key);
    bool value(ByteRange key, std::uint32_t type);
    bool string(ByteRange key);
    bool array(ByteRange key);
    bool stringsOf(ByteRange key, std::uint64_t count);
    void fixedValue(ByteRange key, std::uint32_t type, std::uint64_t bits, ByteRange place);
    void known(std::string_view key, std::uint32_t type, std::uint64_t bits, ByteRange place);
    void addField(ByteRange key, std::string value, ByteRange place);
    void addText(ByteRange key, ByteRange text, bool words);

    // gguf_tensors.cpp
    bool tensors(std::uint64_t count);
    bool oneTensor();
    void sizeOfTensor(Tensor& tensor, std::uint32_t type, const std::vector<std::uint64_t>& extents);
    void layout();
    void leftover(std::uint64_t dataStart);
    void trailing(ByteRange rest);
    void look(const Tensor& tensor);

    const Artifact& m_artifact;
    ByteView m_bytes;
    Budget& m_budget;
    Facts& m_out;
    std::shared_ptr<ModelContent> m_model;
    Cursor m_cursor;
    std::uint64_t m_alignment = 32;
    std::unordered_set<std::string_view> m_names; // keys, then tensors
    std::vector<Tensor> m_tensors;
    std::size_t m_carried = 0;
    std::size_t m_missing = 0; // tensors that end behind the end of the file
    bool m_sizesKnown = true;
    ByteCover m_cover; // header and tensors
    std::uint64_t m_end = 0; // of all that belongs to something, when other bytes follow; else 0
};

} // namespace cupel::formats::gguf
