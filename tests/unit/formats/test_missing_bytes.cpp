// SPDX-License-Identifier: GPL-3.0-or-later
// What is not there cannot have been checked: empty models, and files that were cut off.
#include "tests/unit/check.h"
#include "tests/unit/model_bytes.h"

using namespace cupel;
using test::Judged;

CUPEL_TEST(an_empty_model_is_told)
{
    for (const std::string name : {"a.pt", "a.pth", "a.ckpt", "a.pkl", "a.joblib", "a.safetensors", "a.gguf", "a.onnx",
             "a.npy", "a.npz", "a.h5", "a.keras", "a.tflite", "a.pb", "a.ubj", "a.rds", "a.msgpack", "a.skops",
             "a.pdparams", "A.PT", "pytorch_model.bin", "m.zip!m/data.pkl"}) {
        const Judged one("", name);
        CHECK_EQ(one.all(), "MODEL-EMPTY:low");
        CHECK(!one.complete());
        CHECK(one.analysis.facts.scannable);
    }
}

CUPEL_TEST(what_may_be_empty_stays_quiet)
{
    for (const std::string name : {"__init__.py", "notes.txt", "a.yaml", ".gitkeep", "a.csv", "m.zip!m/data/0"}) {
        const Judged one("", name);
        CHECK_EQ(one.all(), "");
        CHECK(one.complete());
    }
}
