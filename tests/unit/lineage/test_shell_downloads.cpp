// SPDX-License-Identifier: GPL-3.0-or-later
// Downloads of shell lines in all the spellings of their options: "line => address > file, ...".
#include "analyzers/lineage/shell_downloads.h"
#include "tests/unit/check.h"

#include <array>
#include <utility>

using namespace cupel;

namespace {

std::string downloads(std::string_view line)
{
    Budget budget;
    const auto commands = code::readShell(line, budget);
    std::string out;
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const auto program = commands[i].program();
        if (program != "curl" && program != "wget" && program != "gdown") {
            continue;
        }
        for (const auto& one :
            lineage::downloadsOf(commands[i], i + 1 < commands.size() ? &commands[i + 1] : nullptr)) {
            out += (out.empty() ? "" : ", ") + one.from + " > " + one.to;
        }
    }
    return out;
}

} // namespace

CUPEL_TEST(everySpellingOfADownload)
{
    constexpr std::array cases{
        std::pair{"curl -o a.csv https://h.example/x.csv", "https://h.example/x.csv > a.csv"},
        std::pair{"curl -oa.csv https://h.example/x.csv", "https://h.example/x.csv > a.csv"},
        std::pair{"curl -sSLo a.csv https://h.example/x.csv", "https://h.example/x.csv > a.csv"},
        std::pair{"curl --output=a.csv https://h.example/x.csv", "https://h.example/x.csv > a.csv"},
        std::pair{"curl -sLO https://h.example/x.csv?v=1", "https://h.example/x.csv?v=1 > x.csv"},
        std::pair{"curl --output-dir data -O https://h.example/x.csv", "https://h.example/x.csv > data/x.csv"},
        std::pair{"curl -o a -o b https://h.example/1 https://h.example/2",
            "https://h.example/1 > a, https://h.example/2 > b"},
        std::pair{"curl -H 'A: https://no.example/' https://h.example/x > a.csv", "https://h.example/x > a.csv"},
        std::pair{"curl https://h.example/x.csv | tee a.csv", "https://h.example/x.csv > a.csv"},
        std::pair{"curl https://h.example/x.csv", "https://h.example/x.csv > "},
        std::pair{"curl -o a.csv h.example/x.csv", "h.example/x.csv > a.csv"},
        std::pair{"wget https://h.example/x.csv", "https://h.example/x.csv > x.csv"},
        std::pair{"wget -qO a.csv https://h.example/x.csv", "https://h.example/x.csv > a.csv"},
        std::pair{"wget -qO- https://h.example/x.csv > a.csv", "https://h.example/x.csv > a.csv"},
        std::pair{"wget -P data https://h.example/x.csv", "https://h.example/x.csv > data/x.csv"},
        std::pair{"wget --directory-prefix=data https://h.example/x.csv", "https://h.example/x.csv > data/x.csv"},
        std::pair{"wget https://h.example/1.csv https://h.example/2.csv",
            "https://h.example/1.csv > 1.csv, https://h.example/2.csv > 2.csv"},
        std::pair{"gdown https://drive.example/uc?id=1 -O m.bin", "https://drive.example/uc?id=1 > m.bin"},
    };
    for (const auto& [line, expected] : cases) {
        CHECK_EQ(downloads(line), std::string(expected));
    }
}
