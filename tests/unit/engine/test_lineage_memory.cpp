// SPDX-License-Identifier: GPL-3.0-or-later
// A lineage that is read again follows only what changed, and what looks into it; the graph is that of a fresh reading.
#include "analyzers/engine/lineage_folder.h"
#include "analyzers/engine/lineage_memory.h"
#include "analyzers/report/lineage/lineage_writers.h"
#include "tests/unit/check.h"
#include "tests/unit/made_folder.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

using namespace cupel;
namespace fs = std::filesystem;

namespace {

class Folder {
public:
    // Written long ago: what was written just now may change once more without showing it.
    void write(const std::string& name, const std::string& text)
    {
        const fs::path path = m_folder.path() / name;
        std::ofstream(path, std::ios::binary) << text;
        m_age += std::chrono::seconds(1);
        fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(1) + m_age);
    }
    [[nodiscard]] const fs::path& path() const { return m_folder.path(); }

private:
    test::MadeFolder m_folder;
    std::chrono::seconds m_age{0};
};

std::string json(const lineage::LineageGraph& graph)
{
    std::string out;
    report::writeLineageJson(graph, {}, [&out](std::string_view text) { out += text; });
    return out;
}

struct Reader {
    explicit Reader(Folder& read)
        : folder(read)
    {
    }
    Folder& folder;
    engine::LineageMemory memory;
    std::size_t before = 0;

    // How many files were followed; the graph has to be that of somebody who remembers nothing.
    std::size_t followed()
    {
        Budget budget;
        const engine::LineageOptions options{{}, 2, {}};
        const auto known = engine::lineageOf({folder.path().string()}, options, budget, &memory);
        const auto fresh = engine::lineageOf({folder.path().string()}, options, budget);
        CHECK_EQ(json(known), json(fresh));
        const auto count = memory.followed() - before;
        before = memory.followed();
        return count;
    }
};

} // namespace

CUPEL_TEST(only_what_changed_is_followed_again)
{
    Folder folder;
    folder.write("helpers.py", "import pandas as pd\ndef load():\n    return pd.read_csv('a.csv')\n");
    folder.write("train.py", "from helpers import load\nframe = load()\nframe.to_parquet('out.parquet')\n");
    folder.write("other.py", "import pandas as pd\npd.read_csv('b.csv').to_csv('c.csv')\n");
    Reader reader(folder);
    CHECK_EQ(reader.followed(), 3);
    CHECK_EQ(reader.followed(), 0);
    folder.write("other.py", "import pandas as pd\npd.read_csv('d.csv').to_csv('c.csv')\n");
    CHECK_EQ(reader.followed(), 1);
    folder.write("helpers.py", "import pandas as pd\ndef load():\n    return pd.read_csv('z.csv')\n");
    CHECK_EQ(reader.followed(), 2);
    CHECK_EQ(reader.followed(), 0);
}

CUPEL_TEST(what_was_looked_for_in_vain_counts_too)
{
    Folder folder;
    folder.write("train.py", "from helpers import load\nframe = load()\nframe.to_parquet('out.parquet')\n");
    Reader reader(folder);
    CHECK_EQ(reader.followed(), 1);
    folder.write("helpers.py", "import pandas as pd\ndef load():\n    return pd.read_csv('a.csv')\n");
    CHECK_EQ(reader.followed(), 2);
    fs::remove(folder.path() / "helpers.py");
    CHECK_EQ(reader.followed(), 1);
    folder.write("notes.txt", "nothing that anybody looks at");
    CHECK_EQ(reader.followed(), 0);
}

CUPEL_TEST(another_folder_is_another_memory)
{
    Folder one;
    Folder two;
    one.write("a.py", "import pandas as pd\npd.read_csv('a.csv').to_csv('b.csv')\n");
    two.write("a.py", "import pandas as pd\npd.read_csv('x.csv').to_csv('y.csv')\n");
    engine::LineageMemory memory;
    Budget budget;
    (void)engine::lineageOf({one.path().string()}, {}, budget, &memory);
    const auto graph = engine::lineageOf({two.path().string()}, {}, budget, &memory);
    CHECK_EQ(json(graph), json(engine::lineageOf({two.path().string()}, {}, budget)));
    CHECK_EQ(memory.followed(), 2);
}

CUPEL_TEST(who_was_stopped_is_not_believed)
{
    Folder folder;
    folder.write("a.py", "import pandas as pd\npd.read_csv('a.csv').to_csv('b.csv')\n");
    engine::LineageMemory memory;
    std::stop_source stop;
    stop.request_stop();
    Budget stopped(Limits{}, stop.get_token());
    (void)engine::lineageOf({folder.path().string()}, {}, stopped, &memory);
    Reader reader(folder);
    CHECK_EQ(reader.followed(), 1);
}

// In the order of the runs only notebooks that ran otherwise than they stand are followed once more, and only once.
CUPEL_TEST(both_orders_share_what_is_the_same)
{
    const auto notebook = [](const std::string& last, int first, int second) {
        const auto cell = [](const std::string& source, int count) {
            return R"({"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": )" + std::to_string(count)
                + R"(, "source": ")" + source + "\"}";
        };
        return R"({"cells": [)" + cell("import pandas as pd\\ndf = pd.read_csv('a.csv')", first) + ", "
            + cell("df = pd.read_csv('b.csv')", second) + ", " + cell(last, 4)
            + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    };
    Folder folder;
    folder.write("one.ipynb", notebook("df.to_csv('mid.csv')", 3, 2));
    folder.write("two.ipynb", notebook("df.to_csv('other.csv')", 1, 2));
    folder.write("last.py", "import pandas as pd\npd.read_csv('mid.csv').to_csv('end.csv')\n");
    engine::LineageMemory memory;
    Budget budget;
    const auto written = engine::lineageOf({folder.path().string()}, {}, budget, &memory);
    CHECK_EQ(memory.followed(), 3);
    const auto both = engine::lineageInBothOrders({folder.path().string()}, {}, budget, &memory);
    CHECK_EQ(memory.followed(), 4);
    const auto fresh = engine::lineageInBothOrders({folder.path().string()}, {}, budget);
    CHECK_EQ(json(both.written), json(fresh.written));
    CHECK_EQ(json(both.recorded), json(fresh.recorded));
    (void)engine::lineageInBothOrders({folder.path().string()}, {}, budget, &memory);
    CHECK_EQ(memory.followed(), 4);
    CHECK_EQ(both.written.edges.size(), written.edges.size());
    // A piece that says nothing of the other order is not taken for one that does.
    engine::LineageMemory plain;
    (void)engine::lineageOf({folder.path().string()}, {{}, 0, {}, false}, budget, &plain);
    const auto compared = engine::lineageOf({folder.path().string()}, {}, budget, &plain);
    CHECK_EQ(plain.followed(), 4);
    CHECK_EQ(json(compared), json(written));
    CHECK_EQ(json(both.written).find("\"onlyWritten\":[[0,2]"), json(written).find("\"onlyWritten\":[[0,2]"));
    // What the other files have of it changes with it.
    const auto sources = [](const lineage::LineageGraph& graph) {
        std::string out;
        for (const auto& sink : graph.sinks) {
            for (const auto node : sink.value == "end.csv" ? sink.data : std::vector<std::uint32_t>()) {
                out += graph.nodes[node].locator + ' ';
            }
        }
        return out;
    };
    CHECK_EQ(sources(both.written), "mid.csv b.csv ");
    CHECK_EQ(sources(both.recorded), "mid.csv a.csv ");
    folder.write("one.ipynb", notebook("df.to_csv('mid.csv')", 1, 2));
    const auto later = engine::lineageInBothOrders({folder.path().string()}, {}, budget, &memory);
    CHECK_EQ(memory.followed(), 5);
    CHECK_EQ(sources(later.recorded), "mid.csv b.csv ");
    CHECK(later.recorded.onlyThere && later.recorded.onlyThere->edges == 0);
}

// Where a script is run is told by files that it only names.
CUPEL_TEST(a_file_that_tells_where_a_script_is_run)
{
    Folder folder;
    fs::create_directories(folder.path() / "src");
    fs::create_directories(folder.path() / "data");
    folder.write("src/t.py", "import pandas as pd\npd.read_csv('data/a.csv').to_csv('data/b.csv')\n");
    Reader reader(folder);
    CHECK_EQ(reader.followed(), 1);
    CHECK_EQ(reader.followed(), 0);
    folder.write("data/a.csv", "x\n1\n");
    CHECK_EQ(reader.followed(), 1);
}

CUPEL_TEST(models_on_disk_have_a_digest_and_a_format)
{
    Folder folder;
    folder.write("m.pkl", std::string("\x80\x04N.", 4));
    folder.write("t.py", "import joblib\nm = joblib.load('m.pkl')\nn = joblib.load('none.pkl')\n");
    Budget budget;
    engine::LineageOptions options;
    const auto contents = [&](std::string_view locator) {
        const auto graph = engine::lineageOf({folder.path().string()}, options, budget);
        for (const auto& node : graph.nodes) {
            if (node.locator == locator) {
                return node.format + ' ' + node.hash;
            }
        }
        return std::string("nothing");
    };
    CHECK_EQ(contents("m.pkl"), " ");
    options.contents = true;
    CHECK_EQ(contents("m.pkl"), "pickle sha256:9c298d589a2158eb513cb52191144518a2acab2cb0c04f1df14fca0f712fa4a1");
    CHECK_EQ(contents("none.pkl"), " ");
}
