// SPDX-License-Identifier: GPL-3.0-or-later
// What formats of models write down alike: fields, regions of text that rules search, operators with their counts.
#pragma once

#include "analyzers/model/facts.h"

#include <map>
#include <string>
#include <string_view>

namespace cupel::formats {

// The file was not understood to its end; told once for each code.
void noteOnce(Facts& out, std::string code, std::string message, std::uint64_t at);

class ModelParts {
public:
    static constexpr std::size_t mostRegions = 20'000;
    static constexpr std::uint64_t mostReadings = 8; // of each byte of the file as a text, on average

    ModelParts(ByteView file, Facts& facts, ModelContent& model)
        : m_file(file)
        , m_facts(facts)
        , m_model(model)
    {
    }
    // A text of the file that people read as a property of the model; searched like any text.
    void field(std::string key, ByteRange value);
    // A value that is no text.
    void number(std::string key, std::uint64_t value, ByteRange bytes);
    // Text that rules search. What writes a template is one. False: a limit is reached, which is told, or there is
    // nothing to search.
    bool region(RegionKind kind, ByteRange bytes, std::string name, TextForm form = TextForm::Plain);
    void useOperator(std::string_view name, std::string_view domain, ByteRange bytes);
    void pointTo(std::string what, ByteRange target);
    // The text between quotes, for a message.
    [[nodiscard]] std::string quoted(ByteRange text) const;
    // `detail` with the text in quotes behind it.
    void flaw(std::string_view code, ByteRange text, std::string_view before = {}, std::string_view after = {});

    [[nodiscard]] ByteView file() const { return m_file; }
    [[nodiscard]] Facts& facts() { return m_facts; }
    [[nodiscard]] ModelContent& model() { return m_model; }
    [[nodiscard]] ByteView text(ByteRange bytes) const { return slice(m_file, bytes); }

private:
    bool keep(RegionKind kind, ByteRange bytes, std::string name, TextForm form);
    // Values may name the same bytes again and again, and each is searched by itself. False: enough, which is told.
    [[nodiscard]] bool mayRead(ByteRange bytes);

    ByteView m_file;
    Facts& m_facts;
    ModelContent& m_model;
    std::uint64_t m_read = 0; // bytes of texts
    std::map<std::string, std::size_t, std::less<>> m_operators; // domain, zero byte, name
};

} // namespace cupel::formats
