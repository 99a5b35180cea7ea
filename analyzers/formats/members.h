// SPDX-License-Identifier: GPL-3.0-or-later
// How containers hand out their members: names made unique and masked, every limit of the budget kept, names judged
// that leave the folder they are unpacked to. One for each container, on the thread that parses it.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/facts.h"
#include "analyzers/model/model_content.h"
#include "analyzers/model/neighbours.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace cupel::formats {

// Whether unpacking under this name writes outside of the folder: absolute, a drive, backslashes, "..", NUL.
[[nodiscard]] bool leavesFolder(std::string_view name);

// Whether a file's name says that a framework loads it.
[[nodiscard]] bool isNamedModel(std::string_view fileName);

// Something was not looked at.
void noteIncomplete(Facts& out, std::string code, std::string message, std::uint64_t at = 0);
// Once per file: what Limits::checksums switched off was really there to be done.
void noteLeftOut(Facts& out, std::string message);

class MemberGiver {
public:
    // Members that are not what their names promise are flaws of `model`, one for all that are alike.
    MemberGiver(const Artifact& artifact, Budget& budget, Facts& out, ModelContent& model);

    // False: containers are nested too deeply, which is noted; none of the members may be given.
    [[nodiscard]] bool mayOpen();
    // Room for another member; false: no more of them, which is noted once.
    [[nodiscard]] bool hasRoom();
    // The bytes as they stand in the container, a part of it that is not copied. False: stop here.
    bool giveStored(std::string_view name, ByteRange namePlace, ByteView bytes, std::uint64_t at);
    // What was unpacked and paid for already. `damaged`: its checksum is not the one that the container has.
    void give(std::string_view name, ByteRange namePlace, SharedBytes bytes, bool damaged = false);
    // Told to all members that are given from now on.
    void setNeighbours(const std::shared_ptr<Neighbours>& beside);

private:
    [[nodiscard]] std::string unique(std::string_view name);
    void judgeDisguise(std::string_view name, ByteRange namePlace, ByteView bytes);

    const Artifact& m_artifact;
    Budget& m_budget;
    Facts& m_out;
    ModelContent& m_model;
    std::map<std::string, std::uint32_t, std::less<>> m_names;
    std::shared_ptr<const Neighbours> m_beside;
    std::shared_ptr<const Neighbours> m_besideDamaged; // the same for members with a wrong checksum; made when needed
    std::uint64_t m_stored = 0; // bytes of stored members
    std::uint64_t m_nameBytes = 0;
    bool m_full = false;
};

} // namespace cupel::formats
