// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations of models: what they make a loader run or open, and that other JSON stays what it is.
#include "analyzers/formats/registry.h"
#include "tests/unit/check.h"
#include "tests/unit/model_bytes.h"

using namespace cupel;
using test::Judged;

namespace {

std::string verdict(const std::string& text, const std::string& name)
{
    const Judged judged(text, name);
    return std::string(judged.analysis.facts.format) + (judged.all().empty() ? "" : " ") + judged.all();
}

} // namespace

CUPEL_TEST(ordinary_configurations_have_no_findings)
{
    CHECK_EQ(verdict(R"({"architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "bfloat16",
        "_name_or_path": "org/base", "transformers_version": "4.44.0"})",
                 "m/config.json"),
        "hub");
    CHECK_EQ(verdict(R"({"added_tokens_decoder": {"0": {"content": "{{", "special": true}}, "tokenizer_class": "X",
        "model_max_length": 1000000000000000019884624838656, "bos_token": "<s>"})",
                 "tokenizer_config.json"),
        "hub");
    CHECK_EQ(verdict(R"([{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}])",
                 "modules.json"),
        "hub");
    CHECK_EQ(verdict(R"({"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.30.0",
        "unet": ["diffusers", "UNet2DConditionModel"], "safety_checker": [null, null],
        "text_encoder": ["transformers", "CLIPTextModel"]})",
                 "model_index.json"),
        "hub");
    CHECK_EQ(verdict(R"({"metadata": {"total_size": 8}, "weight_map": {"a": "model-00001-of-00002.safetensors",
        "b": "model-00002-of-00002.safetensors"}})",
                 "model.safetensors.index.json"),
        "hub");
    CHECK_EQ(
        verdict(R"({"weight_map": {"a": "pytorch_model-00001-of-00001.bin"}})", "pytorch_model.bin.index.json"), "hub");
    CHECK_EQ(verdict(R"({"peft_type": "LORA", "base_model_name_or_path": "org/base", "auto_mapping": null})",
                 "adapter_config.json"),
        "hub");
    CHECK_EQ(verdict(R"({"auto_map": {}, "trust_remote_code": false})", "config.json"), "hub");
    CHECK_EQ(verdict(R"({"model_type": "x", "_attn_implementation": "flash_attention_2", "custom_generate": null})",
                 "config.json"),
        "hub");
}

CUPEL_TEST(names_far_down_or_written_with_escapes_are_names)
{
    const auto is = [](const std::string& text, std::string_view format) {
        CHECK_EQ(std::string(formats::recognise(text, "config.json").name), std::string(format));
    };
    const std::string map = R"("auto_map": {"AutoModel": "attacker/repo--m.X"}})";
    is("{\"a\": \"" + std::string(70'000, ' ') + "\", " + map, "hub");
    is(std::string(70'000, ' ') + "{" + map, "hub");
    is(R"({"auto\u005fmap": {"AutoModel": "attacker/repo--m.X"}})", "hub");
    std::string many = "{";
    for (int i = 0; i < 20'000; ++i) {
        many += "\"name" + std::to_string(i) + "\": {\"id\": 1}, ";
    }
    is(many + map, "hub");
    is("{\"a\": \"" + std::string(70'000, ' ') + "\", \"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\"}]}",
        "notebook");
    is("{\"a\": \"" + std::string(70'000, ' ') + "\", \"b\": 4}", "text");
    is(std::string(100'000, '['), "text");
}

CUPEL_TEST(other_json_stays_text)
{
    CHECK_EQ(verdict(R"({"a": 1})", "vocab.json"), "text");
    CHECK_EQ(verdict(R"({"auths": {}, "credsStore": "x"})", "config.json"), "text");
    CHECK_EQ(verdict(R"({"model_type": "x"})", "other.json"), "text");
    CHECK_EQ(verdict(R"({"note": "see \"auto_map\": it is \"x\""})", "note.json"), "text");
}

CUPEL_TEST(what_configurations_make_loaders_do)
{
    struct Case {
        const char* text;
        const char* name;
        const char* expected;
    };
    const Case cases[] = {
        {R"({"auto_map": {"AutoModel": "modeling_x.Model"}})", "config.json", "HUB-OWN-CODE:medium"},
        {R"({"auto_map": {"AutoTokenizer": ["tok.Slow", null]}})", "tokenizer_config.json", "HUB-OWN-CODE:medium"},
        {R"({"auto_map": {"AutoModel": "someone/other--modeling_x.Model"}})", "anything.json", "HUB-FOREIGN-CODE:high"},
        {R"({"auto_map": {"A": "someone\u002fother-\u002dm.X"}})", "config.json", "HUB-FOREIGN-CODE:high"},
        {R"({"text_config": {"auto_map": {"A": "o/r--m.X"}}, "model_type": "x"})", "config.json",
            "HUB-FOREIGN-CODE:high"},
        {R"({"trust_remote_code": true})", "config.json", "HUB-TRUST:medium"},
        {R"({"custom_pipelines": {"x": {"impl": "pipe.Own", "pt": ["AutoModel"]}}})", "config.json",
            "HUB-OWN-CODE:medium"},
        {R"({"custom_pipelines": {"x": {"impl": "o/r--pipe.Own"}}})", "config.json", "HUB-FOREIGN-CODE:high"},
        {R"({"_class_name": ["pipeline", "Own"], "_diffusers_version": "0.3"})", "model_index.json",
            "HUB-OWN-CODE:medium"},
        {R"({"_class_name": "P", "_diffusers_version": "0.3", "unet": ["my_unet", "Own"]})", "model_index.json",
            "HUB-OWN-CODE:medium"},
        {R"({"_class_name": "P", "unet": ["os", "system"]})", "model_index.json", "HUB-DANGEROUS-CLASS:high"},
        {R"({"unet": ["own_module", "Net"], "vae": ["diffusers", "AutoencoderKL"]})", "model_index.json",
            "HUB-OWN-CODE:medium"},
        {R"({"_class_name": ["my_pipe", "Own"]})", "model_index.json", "HUB-OWN-CODE:medium"},
        {R"({"model_type": "x", "attn_implementation": "someone/kernel@main"})", "config.json",
            "HUB-FOREIGN-CODE:high"},
        {R"({"_attn_implementation": {"text_config": "someone/kernel:f", "vision_config": "sdpa"}})", "config.json",
            "HUB-FOREIGN-CODE:high"},
        {R"({"model_type": "x", "attn_implementation": "kernels-community/flash-attn"})", "config.json",
            "HUB-FOREIGN-CODE:medium"},
        {R"({"custom_generate": "someone/repo"})", "generation_config.json", "HUB-FOREIGN-CODE:high"},
        {R"({"custom_generate": "here"})", "generation_config.json", "HUB-OWN-CODE:medium"},
        {R"([{"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"}, {"idx": 1, "type": "own.Pool"}])",
            "modules.json", "HUB-CLASS:medium"},
        {R"({"peft_type": "LORA", "auto_mapping": {"parent_library": "own.module", "base_model_class": "X"}})",
            "adapter_config.json", "HUB-CLASS:medium"},
        {R"({"model_type": "x", "_target_": "os.system"})", "config.json", "HUB-DANGEROUS-CLASS:high"},
        {R"({"peft_type": "LORA", "base_model_name_or_path": "../../else"})", "adapter_config.json",
            "HUB-BASE-PATH:medium"},
        {R"({"weight_map": {"a": "pytorch_model.bin"}})", "model.safetensors.index.json", "HUB-SHARD-KIND:medium"},
        {R"({"weight_map": {"a": "../x.safetensors"}})", "model.safetensors.index.json", "HUB-SHARD-OUTSIDE:high"},
        {R"({"weight_map": {"a": "/x.safetensors"}})", "model.safetensors.index.json", "HUB-SHARD-OUTSIDE:high"},
        {R"({"weight_map": {"a": "https://h.invalid/x.safetensors"}})", "model.safetensors.index.json",
            "HUB-SHARD-OUTSIDE:high"},
        {R"({"model_type": "x", "model_type": "y"})", "config.json", "HUB-DUPLICATE:medium"},
        {R"({"model_type": "x", "auto_map": {"A": "o/r--m.X"}, "auto_map": {}})", "config.json",
            "HUB-FOREIGN-CODE:high HUB-DUPLICATE:medium"},
        {R"({"model_type": "x", "auto_map": {}, "\u0061uto_map": {"A": "o/r--m.X"}})", "config.json",
            "HUB-DUPLICATE:medium HUB-FOREIGN-CODE:high"},
        {R"({"model_type": "x", )", "config.json", "HUB-JSON:low"},
        {R"~({"model_type": "x", "ignored": ["__import__('os')"]})~", "config.json", "MODEL-CODE-TEXT:medium"},
        {"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "pytorch_model.bin",
            "MODEL-POINTER:low"},
    };
    for (const auto& one : cases) {
        if (!CHECK_EQ(verdict(one.text, one.name), std::string("hub ") + one.expected)) {
            CHECK_EQ(one.name, one.text);
        }
    }
}

CUPEL_TEST(valuesOfSettingsThatAreCalls)
{
    const auto found = [](const std::string& text, const std::string& name) {
        return verdict(text, name).find("MODEL-CODE-TEXT:medium") != std::string::npos;
    };
    for (const auto* text : {"a:\n  b: __import__('os').system('id')\n", "- \"exec(open('x').read())\"\n",
             "{\"hook\": \"subprocess.run(['id'])\"}\n", "{\"c\": \"rm -rf /\"}", "c: rm -rf ~\n"}) {
        if (!CHECK(found(text, "settings.yaml"))) {
            CHECK_EQ(std::string_view(text), "");
        }
    }
    for (const auto* text :
        {"run: rm -rf /tmp/build\n", "run: python -c \"eval(1)\"\n", "# eval(x) is not called here\n",
            "note: never call eval(x)\n", "note: model.eval()\n", "c: rm -rf build\n"}) {
        if (!CHECK(!found(text, "settings.yaml"))) {
            CHECK_EQ(std::string_view(text), "");
        }
    }
    CHECK(!found("a: eval(x)\n", "notes.txt"));
}

CUPEL_TEST(templates_inside_are_judged_in_their_place)
{
    const std::string harmful = "{{ ''['__cl' ~ 'ass__'] }}";
    const auto code = [](const std::string& text, const std::string& name) {
        const Judged judged(text, name);
        const auto* finding = judged.finding("CUP-TEMPLATE-CODE");
        return finding ? text.substr(finding->location.bytes.start, finding->location.bytes.size()) : std::string();
    };
    CHECK_EQ(code(R"({"chat_template": ")" + harmful + R"("})", "chat_template.json"), harmful);
    CHECK_EQ(code(R"({"chat_template": [{"name": "a", "template": "{{ x }}"}, {"name": "b", "template": ")" + harmful
                     + R"("}]})",
                 "tokenizer_config.json"),
        harmful);
    CHECK_EQ(code(R"({"chat_template": {"a": ")" + harmful + R"("}})", "processor_config.json"), harmful);
    CHECK_EQ(code(R"({"chat_template": ["{{ x }}", ")" + harmful + R"("]})", "tokenizer_config.json"), harmful);
    CHECK_EQ(code(R"({"tokenizer_class": "X", "other": ")" + harmful + R"("})", "tokenizer_config.json"), harmful);
    CHECK_EQ(code(R"({"chat_template": "a\n\u007b{ ''.__class__ }}"})", "tokenizer_config.json"),
        R"(\u007b{ ''.__class__ }})");
    CHECK_EQ(code("chat_template:\n  \"" + harmful + "\"\n", "config.yaml"), harmful);
}

CUPEL_TEST(filesThatAreRunBecauseOfTheirNames)
{
    const std::string handler = "class EndpointHandler:\n    def __call__(self, data):\n        return data\n";
    CHECK_EQ(verdict(handler, "m/handler.py"), "python HUB-OWN-CODE:medium");
    CHECK_EQ(verdict(handler, "m/my_handler.py"), "python");
    CHECK_EQ(verdict("def work(data):\n    return data\n", "m/handler.py"), "python");
    CHECK_EQ(verdict("def generate(model):\n    return model\n", "m/custom_generate/generate.py"),
        "python HUB-OWN-CODE:medium");
}

CUPEL_TEST(modelsOfMlflow)
{
    const auto model = [](const std::string& lines) {
        return verdict(
            "flavors:\n  python_function:\n" + lines + "mlflow_version: 2.9.0\nmodel_uuid: x\n", "m/MLmodel");
    };
    CHECK_EQ(model("    loader_module: mlflow.sklearn\n    model_path: model.pkl\n    code: null\n"
                   "    env: {conda: conda.yaml, virtualenv: python_env.yaml}\n"),
        "text");
    CHECK_EQ(model("    loader_module: evilpkg.loader\n"), "text MLFLOW-LOADER:medium");
    CHECK_EQ(model("    loader_module: os\n"), "text MLFLOW-LOADER:high");
    CHECK_EQ(model("    loader_module: mlflow.pyfunc.model\n    code: code\n"), "text MLFLOW-CODE:medium");
    CHECK_EQ(model("    model_code_path: evil.py\n"), "text MLFLOW-CODE:medium");
    CHECK_EQ(model("    code_paths: [lib, ../lib]\n"), "text MLFLOW-CODE:medium MLFLOW-PATH:high");
    CHECK_EQ(model("    data: ../../etc\n"), "text MLFLOW-PATH:high");
    CHECK_EQ(model("    data: &a ../x\n    model_path: *a\n"), "text MLFLOW-PATH:high");
    // Other files that are called so, and the same text elsewhere.
    CHECK_EQ(verdict("loader_module: os\n", "m/MLmodel"), "text");
    CHECK_EQ(verdict("flavors:\n  a:\n    loader_module: os\n", "m/other.yaml"), "text");
    const Judged facts(
        "flavors:\n  python_function:\n    loader_module: mlflow.sklearn\nmlflow_version: 2.9.0\n", "MLmodel");
    REQUIRE(facts.analysis.facts.model != nullptr);
    CHECK_EQ(facts.analysis.facts.model->producer, "MLflow 2.9.0");
    REQUIRE(!facts.analysis.facts.model->metadata.empty());
    CHECK_EQ(facts.analysis.facts.model->metadata[0].key, "flavors.python_function.loader_module");
}

CUPEL_TEST(targetsInArchivesOfNemo)
{
    const auto nemo = [](const std::string& text) { return verdict(text, "a.nemo!a.tar!model_config.yaml"); };
    CHECK_EQ(nemo("target: nemo.collections.asr.models.EncDecCTCModel\nm:\n  _target_: torch.nn.Linear\n"), "text");
    CHECK(nemo("base: nemo.core\nm:\n  _target_: ${base}.Model\n").find("HUB") == std::string::npos);
    CHECK_EQ(nemo("target: 3\nm:\n  target: [a]\n"), "text");
    CHECK_EQ(nemo("m:\n  _target_: evilpkg.run\n"), "text HUB-CLASS:medium");
    CHECK_EQ(nemo("target: subprocess.Popen\n"), "text HUB-DANGEROUS-CLASS:high");
    CHECK_EQ(nemo("a: &t subprocess.Popen\ntarget: *t\n"), "text HUB-DANGEROUS-CLASS:high");
    CHECK(nemo("x: os\nm:\n  _target_: ${x}.system\n").find("HUB-DANGEROUS-CLASS:high") != std::string::npos);
    CHECK(nemo("x: ${x}\nm:\n  _target_: ${x}.system\n").find("HUB-DANGEROUS-CLASS") == std::string::npos);
    CHECK_EQ(verdict("target: subprocess.Popen\n", "a/model_config.yaml"), "text"); // nobody builds it
}
