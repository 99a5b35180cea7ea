// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/members.h"

#include "analyzers/base/utf8.h"
#include "analyzers/formats/disguise.h"
#include "analyzers/formats/registry.h"
#include "analyzers/model/notes.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

bool isNamedModel(std::string_view fileName)
{
    constexpr std::array<std::string_view, 12> endings{".pt", ".pth", ".bin", ".ckpt", ".pkl", ".pickle", ".joblib",
        ".model", ".safetensors", ".h5", ".onnx", ".keras"};
    return std::any_of(endings.begin(), endings.end(), [fileName](auto ending) { return fileName.ends_with(ending); });
}

bool leavesFolder(std::string_view name)
{
    const bool drive = name.size() > 1 && name[1] == ':';
    const bool up =
        name == ".." || name.starts_with("../") || name.find("/../") != std::string_view::npos || name.ends_with("/..");
    return name.starts_with('/') || drive || up || name.find('\\') != std::string_view::npos
        || name.find('\0') != std::string_view::npos;
}

void noteIncomplete(Facts& out, std::string code, std::string message, std::uint64_t at)
{
    out.status = out.status == ReadStatus::Unreadable ? out.status : ReadStatus::Partial;
    out.diagnostics.push_back({std::move(code), std::move(message), at, DiagnosticLevel::Incomplete});
}

void noteLeftOut(Facts& out, std::string message)
{
    if (!findNote(out, codeLeftOut)) {
        out.diagnostics.push_back({std::string(codeLeftOut), std::move(message), 0, DiagnosticLevel::Note});
    }
}

bool MemberGiver::mayOpen()
{
    if (m_artifact.depth < m_budget.limits().containerDepth) {
        return true;
    }
    noteIncomplete(m_out, "container-depth", "Containers are nested too deeply; this one was not opened");
    return false;
}

bool MemberGiver::hasRoom()
{
    if (m_full) {
        return false;
    }
    if (m_out.children.size() >= m_budget.limits().entries || (m_artifact.depth > 0 && !m_budget.nestedMember())) {
        noteIncomplete(m_out, "too-many-members", "There are more members than the limit; the rest was not looked at");
        m_full = true;
    }
    return !m_full;
}

MemberGiver::MemberGiver(const Artifact& artifact, Budget& budget, Facts& out, ModelContent& model)
    : m_artifact(artifact)
    , m_budget(budget)
    , m_out(out)
    , m_model(model)
{
    setNeighbours(nullptr);
}

void MemberGiver::setNeighbours(const std::shared_ptr<Neighbours>& beside)
{
    auto known = beside ? beside : std::make_shared<Neighbours>();
    known->disguisesTold = true;
    m_beside = std::move(known);
    m_besideDamaged.reset();
}

// An archive of thousands of them says it once, so that nothing else is lost in a crowd.
void MemberGiver::judgeDisguise(std::string_view name, ByteRange namePlace, ByteView bytes)
{
    constexpr std::uint64_t mostNamed = 3;
    const auto fileName = name.substr(name.find_last_of('/') + 1);
    if (!mayBeDisguised(bytes, fileName)) {
        return;
    }
    const auto found = disguiseOf(bytes, fileName, recognise(bytes, fileName).name);
    const bool maybe = found.promise == Promise::Maybe;
    std::string_view code;
    switch (found.what) {
    case Disguise::What::Nothing:
        return;
    case Disguise::What::Text:
        code = "member-text";
        break;
    case Disguise::What::Script:
        code = maybe ? "member-script-maybe" : "member-script";
        break;
    case Disguise::What::Program:
        code = maybe ? "member-program-maybe" : found.promise == Promise::None ? "member-native" : "member-program";
        break;
    case Disguise::What::OtherFormat:
        code = found.mayRun ? "member-wrong-name" : "member-other-name";
        break;
    }
    const auto shown = toDisplay(name, 80) + " (" + std::string(found.kind) + ")";
    const auto end = std::min<std::uint64_t>(m_artifact.view().size(), 4);
    m_model.addFlaw(code, namePlace.empty() ? ByteRange{0, end} : namePlace, shown);
    const auto flaw = std::find_if(
        m_model.flaws.begin(), m_model.flaws.end(), [code](const ModelFlaw& one) { return one.code == code; });
    if (flaw == m_model.flaws.end() || flaw->count > mostNamed + 1) {
        return;
    }
    if (flaw->count > 1) {
        flaw->detail += flaw->count <= mostNamed ? ", " + shown : std::string(", \u2026");
    }
    if (!namePlace.empty() && flaw->count <= mostNamed) {
        flaw->quotes.push_back(namePlace);
    }
}

// Names that repeat are told apart: programs differ in which of the members they see, so all are looked at.
std::string MemberGiver::unique(std::string_view name)
{
    std::string out(name);
    for (auto number = ++m_names[out]; number > 1; number = ++m_names[out]) {
        out = std::string(name) + " (" + std::to_string(number) + ")";
    }
    return out;
}

bool MemberGiver::giveStored(std::string_view name, ByteRange namePlace, ByteView bytes, std::uint64_t at)
{
    if (!hasRoom()) {
        return false;
    }
    // Members that share bytes are looked at each by itself: they are paid for like unpacked ones.
    m_stored += bytes.size();
    const bool paid = m_stored <= m_artifact.view().size() || m_budget.inflate(bytes.size());
    if (!paid || m_budget.stopped()) {
        noteIncomplete(m_out, "stopped", "Unpacking stopped early", at);
        return false;
    }
    give(name, namePlace, SharedBytes(m_artifact.bytes.owner(), bytes));
    return true;
}

void MemberGiver::give(std::string_view name, ByteRange namePlace, SharedBytes bytes, bool damaged)
{
    if (damaged && !m_besideDamaged) {
        auto told = std::make_shared<Neighbours>(*m_beside);
        told->wrongChecksum = true;
        m_besideDamaged = std::move(told);
    }
    std::string shown(name.empty() ? std::string_view("unnamed") : name);
    if (m_out.nameChild) {
        shown = m_out.nameChild(std::move(shown), namePlace);
    }
    // One name may be said of all that follow, and is kept for each of them.
    constexpr std::uint64_t mostNames = 64 << 20; // bytes
    constexpr std::size_t shortName = 200;
    m_nameBytes += shown.size();
    shown = unique(m_nameBytes <= mostNames ? shown : toDisplay(shown, shortName));
    judgeDisguise(shown, namePlace, bytes.view());
    ChildArtifact child{std::move(shown), std::move(bytes), damaged ? m_besideDamaged : m_beside};
    if (m_out.takeChild) {
        m_out.takeChild(child);
        child.bytes.reset();
    }
    child.beside.reset();
    m_out.children.push_back(std::move(child));
}

} // namespace cupel::formats
