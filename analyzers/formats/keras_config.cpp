// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/keras_config.h"

#include "analyzers/base/encodings.h"
#include "analyzers/base/json_outline.h"
#include "analyzers/base/json_text.h"
#include "analyzers/base/marshal_reader.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/json_rest.h"
#include "analyzers/formats/keras_code_text.h"
#include "analyzers/formats/keras_names.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>

namespace cupel::formats {

namespace {

constexpr std::size_t longestName = 300;
constexpr std::size_t mostListed = 12; // names of code in a message
constexpr std::size_t mostCodes = 10'000;
constexpr std::size_t mostChildren = 100;
constexpr std::size_t longestCode = 16 << 20; // of one text
constexpr std::size_t mostAlike = 16; // members of one object that have the same key: first ones, and the last

// Values of the members of one object that say what it is; keys may repeat, and readers differ in which they take.
struct Described {
    std::vector<std::uint32_t> classes;
    std::vector<std::uint32_t> modules;
    std::vector<std::uint32_t> configs;

    // False: one before it gave way. Python takes the last of a key, other readers the first.
    static bool keep(std::vector<std::uint32_t>& list, std::uint32_t node)
    {
        if (list.size() < mostAlike) {
            list.push_back(node);
            return true;
        }
        list.back() = node;
        return false;
    }
};

class ConfigReader {
public:
    ConfigReader(ByteRange json, ModelParts& parts, Budget& budget)
        : m_json(json)
        , m_parts(parts)
        , m_budget(budget)
        , m_text(parts.file().substr(0, json.end))
    {
        JsonOutline::Options options;
        options.start = json.start;
        options.detailDepth = 1'024;
        m_outline = JsonOutline::parse(m_text, budget, options);
    }

    void run()
    {
        judgeForm();
        findCode();
        const auto& nodes = m_outline.nodes();
        for (std::uint32_t i = 0; i < nodes.size() && m_budget.spend(32); ++i) {
            if (nodes[i].type == JsonType::Object) {
                object(i);
            } else if (nodes[i].type == JsonType::String && key(i) == "vocabulary") {
                vocabulary(i);
            }
        }
        m_parts.region(RegionKind::Json, m_json, "configuration", TextForm::JsonValue);
    }

private:
    [[nodiscard]] const JsonNode& node(std::uint32_t i) const { return m_outline.nodes()[i]; }
    [[nodiscard]] std::string string(std::uint32_t i) const { return m_outline.string(m_text, i, longestName); }
    [[nodiscard]] std::string key(std::uint32_t i) const
    {
        const auto range = node(i).key;
        const auto written = slice(m_text, range).substr(0, longestName);
        if (written.find('\\') == ByteView::npos) {
            return std::string(written);
        }
        std::string out;
        OffsetMap map;
        unescapeJson(m_text, range.start, range.end, false, out, map, longestName);
        return out;
    }
    // A text of the file for a message, with its place.
    void tell(std::string_view code, std::uint32_t i, const std::string& detail)
    {
        m_parts.model().addFlaw(code, node(i).value, toDisplay(detail, 240), {node(i).value});
    }

    void judgeForm()
    {
        for (const auto& trouble : m_outline.troubles()) {
            if (trouble.kind != JsonTrouble::Kind::NotANumber) {
                const auto at = std::min(trouble.offset, m_json.end);
                m_parts.model().addFlaw("keras-config-broken", {at, std::min(at + 1, m_json.end)});
                noteOnce(m_parts.facts(), "json-broken", "The configuration is not valid JSON", at);
            }
        }
        keepJsonRest(m_outline, m_json.end, m_parts.facts(), m_parts.model());
        if (m_outline.stoppedEarly()) {
            noteOnce(m_parts.facts(), "stopped", "Reading the configuration stopped early", m_outline.stoppedAt());
        }
    }

    // Texts that are marshalled code, wherever they stand.
    void findCode()
    {
        const auto& nodes = m_outline.nodes();
        for (std::uint32_t i = 0; i < nodes.size() && m_budget.spend(16); ++i) {
            const auto& one = nodes[i];
            if (one.type == JsonType::String) {
                if (key(i) != "class_name") {
                    codeText(one.value);
                }
            } else if (one.type == JsonType::Array && (one.stringList || one.opaque)) {
                listOfTexts(one.value);
            }
        }
    }

    void listOfTexts(ByteRange list)
    {
        auto at = list.start;
        while (at < list.end) {
            const auto quote = m_text.substr(0, list.end).find('"', at);
            if (quote == ByteView::npos) {
                return;
            }
            auto end = findStringStop(m_text, quote + 1);
            while (end < list.end && m_text[end] != '"') {
                end = findStringStop(m_text, end + (m_text[end] == '\\' ? 2 : 1));
            }
            codeText({quote, std::min(end + 1, list.end)});
            at = end + 1;
        }
    }

    void codeText(ByteRange quoted)
    {
        if (m_codes.size() >= mostCodes) {
            return;
        }
        const auto bytes = marshalledBytes(m_text, quoted);
        const auto code = bytes ? readMarshalledCode(*bytes) : MarshalledCode{};
        if (code.codeObjects > 0) {
            m_codes.insert(quoted.start);
            tellCode(quoted, code);
        }
    }

    void tellCode(ByteRange place, const MarshalledCode& code)
    {
        std::string uses;
        std::size_t listed = 0;
        bool harmful = false;
        for (const auto& name : code.names) {
            harmful = harmful || isHarmfulInCode(name);
            if (listed++ < mostListed) {
                uses += (uses.empty() ? "" : ", ") + name.substr(0, 60);
            }
        }
        harmful = harmful || std::any_of(code.texts.begin(), code.texts.end(), [](const std::string& text) {
            return text.find("://") != std::string::npos || text.find("import ") != std::string::npos
                || isHarmfulInCode(text);
        });
        m_parts.model().addFlaw(harmful ? "keras-harmful-code" : "keras-code", place,
            uses.empty() ? std::string("no names") : uses, {place});
    }

    // What an object of the configuration makes Keras do.
    void object(std::uint32_t at)
    {
        Described what;
        std::set<std::string, std::less<>> keys;
        for (auto child = node(at).firstChild; child != 0; child = node(child).nextSibling) {
            const auto name = key(child);
            const bool text = node(child).type == JsonType::String;
            if (keys.size() < 100 && !keys.insert(name).second) {
                m_parts.model().addFlaw(
                    "keras-duplicate-key", node(child).key, m_parts.quoted(node(child).key), {node(child).key});
            }
            auto* list = name == "class_name" && text ? &what.classes
                : name == "module" && text            ? &what.modules
                : name == "config"                    ? &what.configs
                                                      : nullptr;
            if (list && !Described::keep(*list, child)) {
                noteOnce(m_parts.facts(), "too-many-alike",
                    "An object has the same key more often than the limit; not all of its values were looked at",
                    node(child).key.start);
            } else if ((name == "keras_version" || name == "backend" || name == "date_saved") && text) {
                property(name, child);
            }
        }
        for (const auto name : what.classes) {
            described(at, name, what);
        }
    }

    void property(const std::string& name, std::uint32_t child)
    {
        m_parts.field(name, {node(child).value.start + 1, node(child).value.end - 1});
        if (name == "keras_version" && m_parts.model().producer.empty()) {
            m_parts.model().producer = "Keras " + toDisplay(string(child), 60);
        }
    }

    void described(std::uint32_t at, std::uint32_t nameNode, const Described& what)
    {
        const auto name = string(nameNode);
        auto worst = KerasModule::BuiltIn;
        std::uint32_t moduleNode = 0;
        for (const auto module : what.modules) {
            const auto kind = kerasModuleOf(string(module));
            if (kind > worst) {
                worst = kind;
                moduleNode = module;
            }
        }
        if (name != "function" && name != "__tuple__" && name != "__dict__") {
            m_parts.useOperator(name, {}, node(nameNode).value);
        }
        judgeModule(name == "function" ? functionOf(what) : name, nameNode, worst, moduleNode);
        switch (kerasNameOf(name)) {
        case KerasName::Lambda:
            lambda(at, nameNode, what);
            break;
        case KerasName::Torch:
            tell("keras-torch", nameNode, '"' + name + '"');
            torch(what);
            break;
        case KerasName::Loader:
            tell("keras-loader", nameNode, '"' + name + '"');
            break;
        case KerasName::Harmful:
            tell("keras-harmful-name", nameNode, '"' + name + '"');
            break;
        case KerasName::TensorFlowFunction:
            tensorFlowFunction(what);
            break;
        case KerasName::Usual:
            break;
        }
        if (name == "function") {
            function(what, worst, moduleNode);
        }
    }

    // The name that a reference to a function takes out of its module.
    [[nodiscard]] std::string functionOf(const Described& what) const
    {
        const auto named = std::find_if(what.configs.begin(), what.configs.end(),
            [this](std::uint32_t config) { return node(config).type == JsonType::String; });
        return named == what.configs.end() ? "function" : string(*named);
    }

    void judgeModule(const std::string& name, std::uint32_t nameNode, KerasModule kind, std::uint32_t module)
    {
        const auto path = module == 0 ? std::string() : string(module);
        const auto whole = '"' + path + '.' + name + '"';
        if (kind == KerasModule::Harmful) {
            tell("keras-harmful-module", module, whole);
        } else if (kind == KerasModule::KerasTool) {
            tell("keras-loader", module, whole);
        } else if (kind == KerasModule::Foreign && string(nameNode) != "function") {
            tell("keras-foreign-module", module, whole);
        } else if (kind == KerasModule::Companion) {
            tell("keras-companion", module, whole);
        } else if (name.find('.') != std::string::npos && kerasModuleOf(name) == KerasModule::Harmful) {
            tell("keras-harmful-module", nameNode, '"' + name + '"');
        }
    }

    // {"module": M, "class_name": "function", "config": "name"}: Keras takes that name out of that module.
    void function(const Described& what, KerasModule kind, std::uint32_t module)
    {
        for (const auto config : what.configs) {
            if (node(config).type != JsonType::String) {
                continue;
            }
            const auto name = string(config);
            const auto named = kerasNameOf(name);
            if (kind == KerasModule::Foreign) {
                tell("keras-foreign-function", module, '"' + string(module) + '.' + name + '"');
            } else if (named == KerasName::Harmful) {
                tell("keras-harmful-name", config, '"' + name + '"');
            } else if (named == KerasName::Loader) {
                tell("keras-loader", config, '"' + name + '"');
            }
        }
    }

    void lambda(std::uint32_t at, std::uint32_t nameNode, const Described& what)
    {
        const auto range = node(at).value;
        if (range.end <= m_lambdaEnd && string(nameNode) == "__lambda__") {
            return; // the function of a layer that was told
        }
        const auto code = m_codes.lower_bound(range.start);
        if (code != m_codes.end() && *code < range.end) {
            m_lambdaEnd = std::max(m_lambdaEnd, range.end);
            return; // told with what the code uses
        }
        std::optional<std::uint32_t> named; // the name of a function
        bool known = true; // Keras has it, or it is told otherwise
        for (const auto config : what.configs) {
            const auto function = m_outline.member(m_text, config, "function");
            const auto type = m_outline.member(m_text, config, "function_type");
            const bool byName = function && node(*function).type == JsonType::String && isName(string(*function))
                && (!type || string(*type) != "lambda");
            const bool reference =
                !byName && function && node(*function).type == JsonType::Object && isReference(*function);
            if (byName) {
                known = known && lambdaFunction(config, *function);
                named = named.value_or(*function);
            } else if (reference) {
                const auto name = m_outline.member(m_text, *function, "config").value_or(nameNode);
                known = known && isKnownReference(*function, string(name));
                named = named.value_or(name);
            }
        }
        m_lambdaEnd =
            named ? m_lambdaEnd : std::max(m_lambdaEnd, range.end); // a named one may hold another in output_shape
        // The place is the code, so that another code is another finding.
        const auto place = named ? std::nullopt : codeOf(what);
        const auto shown = named.value_or(nameNode);
        const auto words = '"' + string(shown) + '"';
        m_parts.model().addFlaw(!named ? "keras-lambda"
                : known                ? "keras-lambda-name"
                                       : "keras-lambda-registered",
            node(place.value_or(nameNode)).value, toDisplay(words, 240), {node(shown).value});
    }

    // The text that holds the code of a function: {"config": {"code": "..."}} of Keras 3, ["...", ...] before it.
    [[nodiscard]] std::optional<std::uint32_t> codeOf(const Described& what) const
    {
        for (const auto config : what.configs) {
            const auto function = m_outline.member(m_text, config, "function");
            if (!function) {
                continue;
            }
            const auto isText = [this](std::optional<std::uint32_t> one) {
                return one && *one != 0 && node(*one).type == JsonType::String;
            };
            const auto inner = m_outline.member(m_text, *function, "config");
            const auto code = inner ? m_outline.member(m_text, *inner, "code") : std::nullopt;
            if (isText(code)) {
                return code;
            }
            const std::optional<std::uint32_t> first = node(*function).firstChild;
            if (node(*function).type == JsonType::Array && isText(first)) {
                return first;
            }
            if (isText(function)) {
                return function;
            }
        }
        return std::nullopt;
    }

    // False: nothing but the program that loads the model can have it. What lies in a module of others is told by that.
    [[nodiscard]] bool isKnownReference(std::uint32_t function, const std::string& name) const
    {
        const auto module = m_outline.member(m_text, function, "module");
        const auto path = module && node(*module).type == JsonType::String ? string(*module) : std::string();
        return kerasModuleOf(path) != KerasModule::BuiltIn || (!path.empty() && isKerasFunction(name));
    }

    // Keras before version 3 takes the name out of the module beside it, whichever that is. False: there is none.
    bool lambdaFunction(std::uint32_t config, std::uint32_t function)
    {
        const auto module = m_outline.member(m_text, config, "module");
        const auto path = module && node(*module).type == JsonType::String ? string(*module) : std::string();
        const auto name = string(function);
        const auto whole = '"' + path + '.' + name + '"';
        const auto kind = kerasModuleOf(path);
        if (kind == KerasModule::Harmful) {
            tell("keras-harmful-module", *module, whole);
        } else if (kind == KerasModule::Foreign) {
            tell("keras-foreign-function", *module, whole);
        } else if (kind == KerasModule::KerasTool) {
            tell("keras-loader", *module, whole);
        } else if (kerasNameOf(name) == KerasName::Harmful) {
            tell("keras-harmful-name", function, '"' + name + '"');
        }
        return kind != KerasModule::BuiltIn;
    }

    // Anything else than a name is code as a text.
    static bool isName(const std::string& text)
    {
        return std::all_of(text.begin(), text.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.'
                || c == '>' || c == '<';
        });
    }

    [[nodiscard]] bool isReference(std::uint32_t function) const
    {
        const auto name = m_outline.member(m_text, function, "class_name");
        return name && node(*name).type == JsonType::String && string(*name) == "function";
    }

    void tensorFlowFunction(const Described& what)
    {
        for (const auto config : what.configs) {
            for (auto child = node(config).firstChild; child != 0; child = node(child).nextSibling) {
                const auto name = key(child);
                const bool names = name == "function" || name == "cls_symbol" || name == "cls_ref";
                if (names && node(child).type == JsonType::String && isHarmfulTfFunction(string(child))) {
                    tell("keras-tf-function", child, '"' + string(child) + '"');
                }
            }
        }
    }

    // The pickled module becomes a member with a judgement of its own.
    void torch(const Described& what)
    {
        auto& out = m_parts.facts();
        for (const auto config : what.configs) {
            for (auto child = node(config).firstChild; child != 0; child = node(child).nextSibling) {
                if (node(child).type != JsonType::String || node(child).value.size() < 8
                    || out.children.size() >= mostChildren) {
                    continue;
                }
                const auto bytes = decodeBase64(m_outline.string(m_text, child, longestCode));
                if (!bytes || bytes->size() < 4 || !m_budget.inflate(bytes->size())) {
                    continue;
                }
                ChildArtifact member{"module-" + std::to_string(node(child).value.start) + ".pt",
                    std::make_shared<const std::string>(*bytes)};
                if (out.takeChild) {
                    out.takeChild(member);
                    member.bytes.reset();
                }
                out.children.push_back(std::move(member));
            }
        }
    }

    void vocabulary(std::uint32_t i)
    {
        if (node(i).value.size() > 2) {
            tell("keras-vocabulary", i, '"' + string(i) + '"');
            m_parts.pointTo("vocabulary", {node(i).value.start + 1, node(i).value.end - 1});
        }
    }

    ByteRange m_json;
    ModelParts& m_parts;
    Budget& m_budget;
    ByteView m_text;
    JsonOutline m_outline;
    std::set<std::uint64_t> m_codes; // places of texts that are code
    std::uint64_t m_lambdaEnd = 0; // of the layer that was told last
};

} // namespace

void readKerasConfig(ByteRange json, ModelParts& parts, Budget& budget)
{
    ConfigReader(json, parts, budget).run();
}

} // namespace cupel::formats
