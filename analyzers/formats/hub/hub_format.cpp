// SPDX-License-Identifier: GPL-3.0-or-later
// The small files of a model's folder, as Hugging Face's libraries read them: configurations, indexes of shards,
// pointers of Git LFS. All of the text goes to all rules; templates inside are regions of their own.
#include "analyzers/formats/hub/hub_names.h"
#include "analyzers/formats/hub/hub_walker.h"
#include "analyzers/formats/json_rest.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <array>
#include <memory>

namespace cupel::formats::hub {

namespace {

constexpr std::string_view pointerHead = "version https://git-lfs.github.com/spec/";

// One of these makes any JSON such a file, and one of the others a file that is named like one.
constexpr std::array<std::string_view, 18> strong{"custom_generate", "attn_implementation", "chat_template", "auto_map",
    "tokenizer_class", "weight_map", "peft_type", "trust_remote_code", "custom_pipelines", "custom_pipeline",
    "transformers_version", "_diffusers_version", "processor_class", "feature_extractor_type", "image_processor_type",
    "custom_chat_template", "quantization_config", "base_model_name_or_path"};
constexpr std::array<std::string_view, 10> weak{"_attn_implementation", "model_type", "architectures", "_name_or_path",
    "torch_dtype", "_class_name", "eos_token_id", "bos_token", "sentence_transformers.", "idx"};

bool hasKey(ByteView head, std::string_view key)
{
    for (auto at = head.find(key); at != ByteView::npos; at = head.find(key, at + 1)) {
        const auto end = at + key.size();
        if (at == 0 || head[at - 1] != '"' || (at > 1 && head[at - 2] == '\\') || end >= head.size()
            || head[end] != '"') {
            continue;
        }
        const auto behind = head.find_first_not_of(" \t\r\n", end + 1);
        if (behind != ByteView::npos && head[behind] == ':') {
            return true;
        }
    }
    return false;
}

bool hasOne(ByteView head, const auto& keys)
{
    return std::any_of(keys.begin(), keys.end(), [head](std::string_view key) { return hasKey(head, key); });
}

void addRegion(RegionKind kind, TextForm form, ByteRange bytes, Facts& out)
{
    if (!bytes.empty()) {
        Region region;
        region.kind = kind;
        region.part = Part::Source;
        region.form = form;
        region.bytes = bytes;
        region.name = kind == RegionKind::Template ? "template" : "config";
        out.regions.push_back(std::move(region));
    }
}

// Text up to a template, the template, text up to the next one.
void addRegions(std::uint64_t start, std::uint64_t end, const std::vector<ByteRange>& templates, Facts& out)
{
    auto at = start;
    for (const auto& one : templates) {
        addRegion(RegionKind::PlainText, TextForm::Plain, {at, one.start}, out);
        addRegion(RegionKind::Template, TextForm::JsonString, one, out);
        at = one.end;
    }
    addRegion(RegionKind::PlainText, TextForm::Plain, {at, end}, out);
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view fileName)
{
    if (head.starts_with(pointerHead)) {
        return isWeights(fileName) ? 50 : 0;
    }
    const auto first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == ByteView::npos || (head[first] != '{' && head[first] != '[') || head.find('\0') != ByteView::npos) {
        return 0;
    }
    if (hasOne(head, strong) || fileName == "model_index.json") { // diffusers asks for nothing but the name
        return 45;
    }
    const bool named = isConfiguration(fileName) || isIndex(fileName);
    return named && (hasOne(head, weak) || head.find("sentence_transformers.") != ByteView::npos) ? 45 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    auto model = std::make_shared<ModelContent>();
    out.model = model;
    const auto start = openText(artifact, out);
    const auto text = out.text(artifact);
    out.coverage = {artifact.view().size(), artifact.view().size()};
    if (text.substr(start).starts_with(pointerHead)) {
        model->kind = "pointer of Git LFS";
        model->addFlaw("pointer", {start, text.size()});
        addRegions(start, text.size(), {}, out);
        return;
    }
    model->kind = isIndex(artifact.fileName()) ? "index of shards" : "configuration of a model";
    const JsonOutline::Options options{start, 16, 1'024, 1'000'000};
    const auto json = JsonOutline::parse(text, budget, options);
    Walker walker(text, json, artifact.fileName(), budget, *model);
    walker.run();
    addRegions(start, text.size(), walker.templates(), out);
    const auto trouble = std::find_if(json.troubles().begin(), json.troubles().end(),
        [](const JsonTrouble& one) { return one.kind != JsonTrouble::Kind::NotANumber; });
    if (trouble != json.troubles().end()) {
        const auto at = std::min<std::uint64_t>(trouble->offset, text.size());
        model->addFlaw("hub-json", {at, std::min<std::uint64_t>(at + 1, text.size())}, std::to_string(at));
    }
    keepJsonRest(json, text.size(), out, *model);
    if (json.stoppedEarly()) {
        out.status = ReadStatus::Partial;
        out.diagnostics.push_back({"stopped", "The configuration was not read to its end",
            out.toFile({json.stoppedAt(), json.stoppedAt()}).start, DiagnosticLevel::Incomplete});
    }
}

} // namespace cupel::formats::hub
