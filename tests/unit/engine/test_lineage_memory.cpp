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
