// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations that name what a program calls, however YAML writes them.
#include "tests/unit/formats/looked.h"

using namespace cupel;
using test::Looked;

namespace {

bool calls(std::string_view text)
{
    return Looked(std::string(text), "model_config.yaml").hasFinding("CUP-YAML-TARGET");
}

bool tagged(std::string_view text)
{
    return Looked(std::string(text), "a.yaml").hasFinding("CUP-YAML-TAG");
}

} // namespace

CUPEL_TEST(targets_in_every_spelling)
{
    for (const std::string_view text : {"_target_: os.system\n_args_: [id]\n", "a:\n  - _target_: 'subprocess.run'\n",
             "{a: {_target_: builtins.exec}}\n", "\"_target_\": \"os.system\"\n",
             "\"\\x5ftarget_\": \"os\\u002esystem\"\n", "name: &x os.system\nb:\n  _target_: *x\n",
             "&k _target_: eval\n", "_target_: |-\n  os.system\n", "{\"_target_\":\"os.system\"}\n",
             "_target_: torch.utils.data.os.system\n", "_target_: !!str os.system\n", "? _target_\n: os.system\n",
             "_target_: hydra.utils.get_method\npath: os.system\n", "_target_: ${x}\n",
             "# note\n_target_:    os.system # end\r\n"}) {
        CHECK(calls(text));
    }
}

CUPEL_TEST(targets_that_models_need)
{
    for (const std::string_view text : {"_target_: torch.nn.Linear\n",
             "_target_: nemo.collections.asr.models.EncDecCTCModel\n", "# _target_: os.system\n",
             "note: \"_target_: os.system\"\n", "_target_: my.package.Model\n", "target: os.system\n"}) {
        CHECK(!calls(text));
    }
}

CUPEL_TEST(tags_that_make_objects)
{
    for (const std::string_view text : {"a: !!python/object/apply:os.system [id]\n", "!!python/name:os.system\n",
             "- !<tag:yaml.org,2002:python/object/apply:os.system> [id]\n", "!!python/object/new:os.system {}\n",
             "%TAG !p! tag:yaml.org,2002:python/\n---\n!p!object/apply:os.system [id]\n",
             "!!pyth%6fn/object/apply:os.system [\"python/\"]\n"}) {
        CHECK(tagged(text));
    }
    for (const std::string_view text :
        {"a: !!python/tuple [1, 2]\n", "a: \"!!python/name:os.system\"\n", "# !!python/name:x\n"}) {
        CHECK(!tagged(text));
    }
}

CUPEL_TEST(targets_that_are_put_together)
{
    for (const std::string_view text : {"_target_: ${x}.system\n", "a: {_target_: ${x.y}.system}\n"}) {
        const Looked looked(std::string(text), "model_config.yaml");
        REQUIRE(looked.hasFinding("CUP-YAML-TARGET"));
        CHECK(looked.analysis.findings[0].message.find("}.system, is only decided when") != std::string::npos);
    }
}
