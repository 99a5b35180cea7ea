// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/file_lineage.h"

#include "analyzers/lineage/leakage.h"
#include "analyzers/lineage/trace.h"

namespace cupel::lineage {

LineageGraph followFile(const ParsedFilePtr& file, FileFinder& files, const ApiRoles& roles, Budget& budget)
{
    LineageGraph out;
    Recorder recorder(out);
    (void)recorder.file(*file);
    Trace trace(file, files, roles, recorder, budget);
    trace.run();
    findLeaks(trace, out);
    if (file->partial || out.files.front().partial) {
        out.complete = false;
        out.notes.push_back({file->path, "followed-in-part", "a limit was met: not all of it was followed"});
    }
    return out;
}

} // namespace cupel::lineage
