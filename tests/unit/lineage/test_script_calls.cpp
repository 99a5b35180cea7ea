// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts that commands run, with their arguments and folder.
#include "analyzers/lineage/script_calls.h"
#include "tests/unit/check.h"

using namespace cupel;

namespace {

// "script(arguments)@folder <read >written", with m: for modules and nb: for notebooks.
std::string summary(std::string_view command, std::string_view cwd = {})
{
    Budget budget;
    std::string out;
    for (const auto& call : lineage::scriptCalls(command, cwd, budget)) {
        out += (out.empty() ? "" : " | ")
            + std::string(call.module ? "m:"
                    : call.notebook   ? "nb:"
                                      : "")
            + call.script + "(";
        for (std::size_t i = 0; i < call.arguments.size(); ++i) {
            out += (i > 0 ? "," : "") + call.arguments[i];
        }
        for (const auto& [name, value] : call.parameters) {
            out += name + "=" + value + ";";
        }
        out += ")" + (call.cwd.empty() ? std::string() : "@" + call.cwd);
        for (const auto& path : call.reads) {
            out += " <" + path;
        }
        for (const auto& path : call.writes) {
            out += " >" + path;
        }
    }
    return out;
}

} // namespace

CUPEL_TEST(commandsRunScripts)
{
    struct Row {
        std::string_view command, expected;
    };
    constexpr Row rows[] = {
        {"python train.py --lr 0.1 data/x.csv", "train.py(--lr,0.1,data/x.csv)"},
        {"cd src && ./venv/bin/python3.11 -u ../x/train.py", "x/train.py()@src"},
        {"PYTHONPATH=. CUDA_VISIBLE_DEVICES=0 nohup python a.py > logs/out.txt 2>&1 &", "a.py() >logs/out.txt"},
        {"python -m pkg.step.train --n 1", "m:pkg/step/train(--n,1)"},
        {"python -W ignore -c 'import x' ; python - < in.py", ""},
        {"poetry run python a.py && uv run b.py x && conda run -n env python c.py", "a.py() | b.py(x) | c.py()"},
        {"torchrun --nproc_per_node=4 train.py --epochs 3", "train.py(--epochs,3)"},
        {"python -m torch.distributed.launch --nproc_per_node 2 train.py -x", "train.py(-x)"},
        {"spark-submit --master yarn job.py in out", "job.py(in,out)"},
        {"papermill in.ipynb out.ipynb -p lr 0.1 -p name \"a b\" -k python3 --cwd x",
            "nb:in.ipynb(lr=0.1;name=a b;) >out.ipynb"},
        {"jupyter nbconvert --to notebook --execute a.ipynb --output b.ipynb", "nb:a.ipynb()"},
        {"jupyter nbconvert --to html a.ipynb", ""},
        {"python a.py --data ${DATA}/x-$N.csv $(date)", "a.py(--data,*/x-*.csv,*)"},
        {"./tools/run.py < in.txt | python b.py", "tools/run.py() <in.txt | b.py()"},
        {"echo python a.py; pip install x.py; ls", ""},
        {"for f in *.csv; do python clean.py $f; done", "clean.py(*)"},
        {"", ""},
    };
    for (const auto& row : rows) {
        CHECK_EQ(summary(row.command), row.expected);
    }
    CHECK_EQ(summary("python a.py", "sub/dir"), "sub/dir/a.py()@sub/dir");
    CHECK_EQ(summary("cd .. && python a.py", "sub"), "a.py()");
}
