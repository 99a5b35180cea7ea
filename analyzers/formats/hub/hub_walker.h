// SPDX-License-Identifier: GPL-3.0-or-later
// Every member of a configuration, and what it makes a loader do. Of members that repeat, all are judged: programs
// differ in which one they take.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/json_outline.h"
#include "analyzers/model/facts.h"

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace cupel::formats::hub {

class Walker {
public:
    Walker(ByteView text, const JsonOutline& json, std::string_view fileName, Budget& budget, ModelContent& model)
        : m_text(text)
        , m_json(json)
        , m_fileName(fileName)
        , m_budget(budget)
        , m_model(model)
    {
    }
    void run();
    // Strings that are templates, between their quotes; in order.
    [[nodiscard]] const std::vector<ByteRange>& templates() const { return m_templates; }

private:
    [[nodiscard]] std::string key(std::uint32_t node) const;
    [[nodiscard]] std::string parentKey(std::uint32_t node) const;
    [[nodiscard]] ByteRange inside(std::uint32_t node) const; // of a string: without its quotes
    void flaw(std::string_view code, ByteRange place, std::string detail = {});
    void member(std::uint32_t node);
    void text(std::uint32_t node, const std::string& name);
    void code(std::string_view what, std::string_view reference, ByteRange place);
    void allStrings(std::string_view what, std::uint32_t node);
    void fetched(const std::string& name, const std::string& value, ByteRange place);
    void classPath(const std::string& name, std::uint32_t node, const std::string& value);
    void basePath(const std::string& name, std::uint32_t node, const std::string& value);
    void shard(std::uint32_t node);
    void component(std::uint32_t node, const std::string& name);
    void duplicates(std::uint32_t object);
    void field(std::uint32_t node, const std::string& name);
    void findTemplates(std::uint32_t node, const std::string& name);
    void reference(std::string_view what, const std::string& target, ByteRange place);

    ByteView m_text;
    const JsonOutline& m_json;
    std::string_view m_fileName;
    Budget& m_budget;
    ModelContent& m_model;
    std::unordered_set<std::string> m_targets; // of its references
    std::vector<ByteRange> m_templates;
    bool m_pipeline = false; // of diffusers: members are components
};

} // namespace cupel::formats::hub
