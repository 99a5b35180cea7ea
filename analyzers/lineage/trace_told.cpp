// SPDX-License-Identifier: GPL-3.0-or-later
// What things were told of data before they are asked: by their constructor, by setters, by a file that was written
// before.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <cctype>

namespace cupel::lineage {

namespace {

constexpr std::string_view toldData = "told:data"; // keys in `madeBy` of what setters said; no name of Python's
constexpr std::string_view toldTrain = "told:train";
constexpr std::string_view toldValidation = "told:validation";
constexpr std::string_view toldTest = "told:test";
constexpr std::size_t maxTold = 64; // parts of one thing that are looked at
constexpr std::size_t maxSetter = 64; // bytes of its name

// "TrainingData" -> "_training_data"
std::string wordsOf(std::string_view name)
{
    std::string words;
    for (const char c : name) {
        if (std::isupper(static_cast<unsigned char>(c)) != 0) {
            words += '_';
        }
        words += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return words;
}

bool speaksOfData(std::string_view words)
{
    constexpr std::string_view said[] = {"data", "rows", "input", "samples", "examples", "corpus", "interactions"};
    return std::any_of(std::begin(said), std::end(said), [words](auto word) { return has(words, word); });
}

bool isHeldOut(Role role)
{
    return role == Role::Test || role == Role::Validation;
}

std::string_view keyOf(Role role)
{
    return role == Role::Train     ? toldTrain
        : role == Role::Test       ? toldTest
        : role == Role::Validation ? toldValidation
                                   : toldData;
}

} // namespace

// model.setTrain(file), model.set_validation_data(rows): what fit() learns from and predict() is asked about later.
void Trace::toldBySetter(const TraceCall& site, Ref receiver, std::string_view name, Ref result)
{
    const auto& owner = at(receiver);
    if (!name.starts_with("set") || name.size() > maxSetter || owner.kind != ThingKind::Object || owner.local != none
        || site.arguments.empty()) {
        return;
    }
    const auto words = wordsOf(name.substr(3));
    const auto role = roleOfName(words);
    if (role == Role::None && !speaksOfData(words)) {
        return;
    }
    const auto key = keyOf(role);
    std::erase_if(at(receiver).madeBy, [key](const auto& entry) { return entry.first == key; });
    for (std::size_t i = 0; i < site.arguments.size() && i < 8; ++i) {
        auto value = site.arguments[i].value;
        if (at(value).kind == ThingKind::Text) {
            value = i == 0 && !at(result).from.empty() ? result : givenFile(value, site.node, name, true);
            for (const auto set : at(value).rows) {
                auto& rows = m_rows[set];
                rows.role = rows.parent == none && rows.role == Role::None ? role : rows.role;
            }
        }
        if (!at(value).from.empty() || at(value).isSequence()) {
            at(receiver).madeBy.emplace_back(key, value);
        }
    }
}

// Data(train_file="a.csv", test_file="b.csv"): what was read of files that are named as parts.
void Trace::toldByFiles(Ref made, Ref read)
{
    const auto files = at(read).members;
    for (const auto& [name, file] : files) {
        if (const auto role = roleOfName(name); role != Role::None) {
            at(made).madeBy.emplace_back(keyOf(role), file);
        }
    }
}

bool Trace::wasTold(Ref model) const
{
    const auto& made = at(model).madeBy;
    const auto last = made.end() - static_cast<std::ptrdiff_t>(std::min(made.size(), maxTold));
    return std::any_of(last, made.end(), [](const auto& entry) { return entry.first.starts_with("told:"); });
}

// What it was made with or told of by setters, to be learnt from or to be asked about.
std::vector<Ref> Trace::toldOf(Ref model, bool learns)
{
    std::vector<Ref> set;
    std::vector<Ref> made;
    bool parted = false;
    bool tests = false;
    const auto isSettings = [this](Ref ref) {
        const auto& from = at(ref).from;
        return std::all_of(from.begin(), from.end(), [this](auto mark) {
            const auto& node = m_out.graph().nodes[mark];
            return node.kind == NodeKind::ModelFile || node.kind == NodeKind::Model
                || isOneOf(extensionOf(node.locator), {"yaml", "yml", "toml", "ini", "cfg", "conf"});
        });
    };
    const auto look = [&](std::string_view key, Ref ref) {
        const bool told = key.starts_with("told:");
        const auto& thing = at(ref);
        if (thing.modelNode != none || isModelType(thing.type) || made.size() + set.size() >= maxTold
            || (thing.rows.empty() && !(told && !thing.from.empty())) || isSettings(ref)) {
            return;
        }
        const auto said = key == toldData ? Role::None : roleOfName(key);
        const auto role = said != Role::None ? said : m_rows.role(at(partFor(ref, learns)).rows);
        const bool wanted = learns ? !isHeldOut(role) : isHeldOut(role) || key == toldData;
        if (wanted) {
            (told ? set : made).push_back(ref);
            parted = parted || role == Role::Train;
            tests = tests || role == Role::Test;
        }
    };
    std::size_t looked = 0;
    for (const auto& [key, ref] : at(model).madeBy) {
        if (++looked <= maxTold) {
            look(key, ref);
        }
    }
    if (set.empty()) {
        for (std::size_t i = 0; i < at(model).made.size() && i < maxTold; ++i) {
            look({}, at(model).made[i]);
        }
    }
    auto& out = set.empty() ? made : set;
    if (learns && parted && set.empty()) { // beside rows for training, what has no part in them is something else
        std::erase_if(out, [this](Ref ref) { return m_rows.role(at(partFor(ref, true)).rows) != Role::Train; });
    }
    if (!learns && tests) { // not those that it was watched on
        std::erase_if(out, [this](Ref ref) { return m_rows.role(at(partFor(ref, false)).rows) == Role::Validation; });
    }
    return out;
}

// Data(train=a, test=b): whoever learns from it learns from `a`, whoever is asked about it is asked about `b`.
Ref Trace::partFor(Ref data, bool learns)
{
    const auto& whole = at(data);
    const bool holds = whole.kind == ThingKind::Object || whole.kind == ThingKind::Dictionary;
    if (!holds || whole.modelNode != none || whole.made.size() + whole.madeBy.size() + whole.members.size() < 2) {
        return data;
    }
    std::vector<Ref> train;
    std::vector<Ref> validation;
    std::vector<Ref> test;
    std::size_t looked = 0;
    const auto look = [&](std::string_view key, Ref ref) {
        if (++looked > maxTold || at(ref).rows.empty()) {
            return;
        }
        const auto said = roleOfName(key);
        const auto role = said != Role::None ? said : m_rows.role(at(ref).rows);
        if (role == Role::Train) {
            train.push_back(ref);
        } else if (isHeldOut(role)) {
            (role == Role::Test ? test : validation).push_back(ref);
        }
    };
    for (const auto ref : whole.made) {
        look({}, ref);
    }
    for (const auto& [key, ref] : whole.madeBy) {
        look(key, ref);
    }
    for (const auto& [key, ref] : whole.members) {
        look(key, ref);
    }
    charge(looked / 8);
    if (train.empty() || (test.empty() && validation.empty())) {
        return data;
    }
    const auto node = code::Syntax::none;
    const auto part = derived(learns ? train : !test.empty() ? test : validation, node, whole.type);
    at(part).place = at(data).place;
    at(part).columns = at(data).columns;
    addOnce(at(part).labels, at(data).labels, maxRiding);
    return part;
}

// evaluate(model, train, valid): told of several parts, it is about the one that is held out.
std::vector<Ref> Trace::measuredOn(const std::vector<Ref>& data)
{
    std::vector<Ref> parts;
    for (const auto ref : data) {
        if (at(ref).isSequence() && !at(ref).split && at(ref).items.size() <= maxTold && !at(ref).open) {
            parts.insert(parts.end(), at(ref).items.begin(), at(ref).items.end());
        } else {
            parts.push_back(partFor(ref, false));
        }
        if (parts.size() > 4 * maxTold) {
            return data;
        }
    }
    bool learnt = false;
    Role held = Role::None;
    for (const auto ref : parts) {
        const auto role = m_rows.role(at(ref).rows);
        learnt = learnt || role == Role::Train;
        held = role == Role::Test || (role == Role::Validation && held != Role::Test) ? role : held;
    }
    if (held == Role::None || (!learnt && parts.size() == data.size())) {
        return data;
    }
    std::erase_if(parts, [this, held](Ref ref) {
        const auto role = m_rows.role(at(ref).rows);
        return role == Role::Train || (isHeldOut(role) && role != held);
    });
    return parts;
}

// settings.file_name: what its constructor was given by that name, or in a dictionary. 0: nothing of the kind.
Ref Trace::settingOf(Ref base, std::string_view name) const
{
    const auto& thing = at(base);
    const auto last = lastPart(thing.type);
    const bool ofData = has(last, "Frame") || has(last, "Series") || has(last, "array") || has(last, "Tensor");
    if (thing.kind != ThingKind::Object || thing.local != none || thing.modelNode != none || last.empty() || ofData) {
        return 0;
    }
    for (std::size_t i = 0; i < thing.madeBy.size() && i < 256; ++i) {
        const auto& [key, value] = thing.madeBy[i];
        if (key == name && (thing.rows.empty() || at(value).isConstant())) {
            return value;
        }
    }
    const bool wraps = thing.made.size() == 1 && at(thing.made.front()).kind == ThingKind::Dictionary
        && std::isupper(static_cast<unsigned char>(last.front())) != 0;
    return wraps ? at(thing.made.front()).member(name) : 0;
}

// A call that writes or reads one of several things in a file, under a key or on a sheet, or writes behind what is
// there.
bool Trace::isPart(const TraceCall& site, Ref receiver) const
{
    const auto name = lastPart(at(site.function).text);
    const bool placed = isOneOf(name, {"to_hdf", "read_hdf", "to_excel", "read_excel"});
    if (site.find(placed ? 1 : -1, "key") || site.find(-1, "sheet_name") || at(site.value(-1, "append")).text == "True"
        || at(site.value(-1, "if_exists")).text == "append" || at(site.value(-1, "mode")).text.starts_with('a')) {
        return true;
    }
    const auto appends = [this](Ref file) { return at(at(file).member("mode")).text.starts_with('a'); };
    return appends(receiver) || std::any_of(site.arguments.begin(), site.arguments.end(), [&](const auto& argument) {
        return at(argument.value).kind == ThingKind::Object && appends(argument.value);
    });
}

// Several sets of rows side by side, of which a reader may take any: (train, test), {"train": a, "test": b}.
bool Trace::holdsSeveral(const std::vector<Ref>& data) const
{
    Marks rows;
    bool aside = data.size() > 1;
    for (const auto ref : data) {
        const auto kind = at(ref).kind;
        aside = aside || kind == ThingKind::Dictionary || at(ref).isSequence() || at(ref).local != none;
        mergeMarks(rows, at(ref).rows);
    }
    return aside && rows.size() > 1;
}

// (train, test), {"model": m, "rows": r}: one thing with parts that are told apart, as it is now. 0: it is none.
Ref Trace::partsNow(const std::vector<Ref>& data)
{
    const auto& whole = at(data.size() == 1 ? data.front() : Ref{0});
    const bool parts = (whole.isSequence() || whole.kind == ThingKind::Dictionary) && !whole.open && !whole.split
        && whole.items.size() <= maxTold && whole.members.size() <= maxTold;
    if (!parts || whole.items.empty()) {
        return 0;
    }
    const auto held = derived(data, code::Syntax::none);
    at(held).kind = whole.kind;
    at(held).items = whole.items;
    at(held).members = whole.members;
    charge(whole.items.size() / 4 + 1);
    const auto copy = [this](Ref& part) {
        const auto now = derived({part}, code::Syntax::none, at(part).type);
        at(now).columns = at(part).columns;
        at(now).dropped = at(part).dropped;
        at(now).fitted = at(part).fitted || at(part).modelNode != none;
        part = at(part).isConstant() ? part : now;
    };
    auto items = at(held).items;
    std::for_each(items.begin(), items.end(), copy);
    at(held).items = std::move(items);
    auto members = at(held).members;
    std::for_each(members.begin(), members.end(), [&copy](auto& member) { copy(member.second); });
    at(held).members = std::move(members);
    return held;
}

// What stands in a file that was written here, for whoever reads it back. Of a file that is written more than once, or
// in parts, nobody knows what a reader gets.
void Trace::keepWritten(std::uint32_t node, const std::vector<Ref>& data, bool part)
{
    if (node == none) {
        return;
    }
    const auto before = m_written.find(node);
    const auto locator = std::string_view(m_out.graph().nodes[node].locator);
    const bool known = locator.find('*', locator.starts_with("*/") ? 1 : 0) == std::string_view::npos;
    const auto parts = before == m_written.end() && known && !part ? partsNow(data) : Ref{0};
    const auto held = parts != 0 ? parts : derived(data, code::Syntax::none);
    const bool tells = parts != 0 || ((!at(held).rows.empty() || !at(held).models.empty()) && !holdsSeveral(data));
    if (before != m_written.end()) {
        const auto& first = at(before->second);
        const bool same =
            !part && first.items.empty() && first.rows == at(held).rows && first.models == at(held).models;
        before->second = same ? before->second : 0;
    } else if (m_written.size() < maxMarks) {
        m_written[node] = known && tells && !part ? held : 0;
    }
}

void Trace::readBack(std::uint32_t node, Ref rows)
{
    const auto hit = m_written.find(node);
    if (hit == m_written.end() || hit->second == 0) {
        return;
    }
    const auto& held = at(hit->second);
    if (!held.items.empty()) {
        return readParts(hit->second, rows);
    }
    at(rows).rows = held.rows.empty() && !held.fitted ? at(rows).rows : held.rows;
    mergeMarks(at(rows).models, held.models);
    mergeMarks(at(rows).fittedOn, held.fittedOn);
    at(rows).sample = at(rows).sample || held.sample;
}

// a, b = load(file): what was put there as several things comes back as these, out of the file.
void Trace::readParts(Ref held, Ref into)
{
    charge(at(held).items.size() / 4 + 1);
    at(into).kind = at(held).kind;
    at(into).type = {};
    const auto out = [this, into](Ref part) {
        if (at(part).isConstant()) {
            return part;
        }
        const auto now = derived({part}, at(into).place.node, at(part).type);
        at(now).columns = at(part).columns;
        at(now).dropped = at(part).dropped;
        at(now).fitted = at(part).fitted;
        at(now).from = at(into).from;
        return now;
    };
    const auto items = at(held).items;
    for (const auto item : items) {
        at(into).items.push_back(out(item));
    }
    const auto members = at(held).members;
    for (const auto& [name, member] : members) {
        at(into).setMember(name, out(member));
    }
}

} // namespace cupel::lineage
