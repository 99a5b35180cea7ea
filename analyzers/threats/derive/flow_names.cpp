// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/flow_names.h"

#include "analyzers/threats/derive/things.h"

namespace cupel::threats {

namespace {

using lineage::EdgeKind;

bool isCode(const Element& element)
{
    return roleOf(element.kind) == DiagramRole::Process;
}

bool isElsewhere(const Element& element)
{
    return zoneKind(element.zone).trust <= 20;
}

// Between two things that lie somewhere.
std::string_view carried(EdgeKind kind, const Element& from, const Element& to)
{
    if (isElsewhere(from) != isElsewhere(to)) {
        return isElsewhere(from) ? "downloaded as" : "uploaded as";
    }
    return kind == EdgeKind::Writes || kind == EdgeKind::Saves ? "copied to" : "becomes";
}

} // namespace

bool isModel(const Element& element)
{
    return element.kind == "model-file" || element.kind == "adapter" || element.kind == "model-registry";
}

std::string_view nameOfFlow(EdgeKind kind, const Element& from, const Element& to)
{
    switch (kind) { // what only one way round means anything
    case EdgeKind::Deploys:
        return "deploys";
    case EdgeKind::Registers:
        return "registers";
    case EdgeKind::Runs:
        return "runs";
    case EdgeKind::Trains:
        return "trains on";
    case EdgeKind::Validates:
        return "validates on";
    case EdgeKind::Tests:
        return "tests on";
    case EdgeKind::Predicts:
        return "predicts";
    case EdgeKind::Imports:
        return "imports";
    default:
        break;
    }
    if (isCode(from) && isCode(to)) {
        return kind == EdgeKind::Saves || kind == EdgeKind::Writes ? "hands over" : "is used by";
    }
    if (isCode(to)) {
        return isModel(from) ? "loads" : "reads";
    }
    if (isCode(from)) {
        return isModel(to) ? "saves" : "writes";
    }
    return carried(kind, from, to);
}

void setProtocol(Flow& flow, const Element& source, const Element& target)
{
    for (const Element* end : {&source, &target}) {
        const Address address = addressOf(attribute(*end, "uri"));
        if (!address.scheme.empty()) {
            setAttribute(flow, "protocol", address.scheme, Origin::Scanned);
            if (address.encrypted && !address.isLocal) { // whether a database speaks TLS is not in its scheme
                setAttribute(flow, "encrypted", *address.encrypted ? "true" : "false", Origin::Scanned);
            }
            return;
        }
    }
    setAttribute(flow, "protocol", "file", Origin::Scanned);
}

} // namespace cupel::threats
