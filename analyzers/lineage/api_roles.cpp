// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/api_roles.h"

#include "analyzers/code/path_table.h"

#include <algorithm>
#include <charconv>

namespace cupel::lineage {

namespace {

#include "lineage_roles.inc"

constexpr std::pair<std::string_view, ApiRole> roleNames[] = {{"source", roleSource}, {"sink", roleSink},
    {"transform", roleTransform}, {"split", roleSplit}, {"train", roleTrain}, {"evaluate", roleEvaluate},
    {"predict", rolePredict}, {"load-model", roleLoadModel}, {"save-model", roleSaveModel}, {"deploy", roleDeploy},
    {"visualise", roleVisualise}, {"remote", roleRemote}, {"index", roleIndex}, {"model", roleModel},
    {"config", roleConfig}, {"run", roleRun}, {"generate", roleGenerate}, {"inspect", roleInspect},
    {"unsafe-load", roleUnsafeLoad}, {"register", roleRegister}};

// Modules that go by another name, beside those of the table.
constexpr std::pair<std::string_view, std::string_view> otherNames[] = {
    {"sklearn.grid_search.", "sklearn.model_selection."}, {"sklearn.learning_curve.", "sklearn.model_selection."},
    {"cudf.", "pandas."}, {"modin.pandas.", "pandas."}, {"pyspark.pandas.", "pandas."},
    {"pandas.io.parsers.", "pandas."}, {"pandas.core.frame.", "pandas."}, {"sklearn.externals.joblib.", "joblib."},
    {"tensorflow.python.keras.", "keras."}, {"tensorflow.compat.v1.", "tensorflow."},
    {"langchain.vectorstores.", "langchain_community.vectorstores."},
    {"langchain.embeddings.", "langchain_community.embeddings."}, {"langchain.llms.", "langchain_community.llms."},
    {"langchain.chat_models.", "langchain_community.chat_models."},
    {"langchain.text_splitter.", "langchain_text_splitters."}, {"xgboost.sklearn.", "xgboost."},
    {"lightgbm.sklearn.", "lightgbm."}, {"posixpath.", "os.path."}, {"_pickle.", "pickle."}, {"cPickle.", "pickle."},
    {"keras.src.", "keras."}, {"keras.api.", "keras."}, {"dill._dill.", "dill."},
    {"torch.utils.data.dataset.", "torch.utils.data."}, {"torch.utils.data.dataloader.", "torch.utils.data."},
    {"lightning.pytorch.", "lightning."}, {"fastai.vision.learner.", "fastai.learner."}, {"nlp.", "datasets."}};

std::vector<std::string_view> parts(std::string_view text, char separator)
{
    std::vector<std::string_view> list;
    for (std::size_t from = 0; from <= text.size() && list.size() < 32;) {
        const auto to = std::min(text.find(separator, from), text.size());
        list.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return list;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    return text;
}

ApiArgument argumentOf(std::string_view text)
{
    ApiArgument argument;
    text = trimmed(text);
    if (text.ends_with(" (keyword)")) {
        text.remove_suffix(10);
    }
    if (text == "self" || text.starts_with("self")) {
        argument.self = true;
        return argument;
    }
    if (text.starts_with('*')) {
        argument.all = true;
        return argument;
    }
    if (text.starts_with('(') && text.ends_with(')')) {
        argument.making = true;
        text = text.substr(1, text.size() - 2);
        argument.name = text.starts_with("in ") ? std::string_view() : text;
        return argument;
    }
    const auto colon = text.find(':');
    const auto number = text.substr(0, colon);
    int position = -1;
    const auto done = std::from_chars(number.data(), number.data() + number.size(), position);
    if (done.ec == std::errc() && done.ptr == number.data() + number.size()) {
        argument.position = position;
        text = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    }
    argument.name = text.substr(0, text.find(' '));
    return argument;
}

std::vector<ApiArgument> argumentsOf(std::string_view text)
{
    std::vector<ApiArgument> list;
    if (text == "-" || text.empty()) {
        return list;
    }
    for (const auto part : parts(text, ';')) {
        for (auto rest = part; !rest.empty();) {
            const auto or_ = rest.find(" or ");
            list.push_back(argumentOf(rest.substr(0, or_)));
            rest = or_ == std::string_view::npos ? std::string_view() : rest.substr(or_ + 4);
        }
    }
    return list;
}

Error mistake(const std::string& what)
{
    return {ErrorCode::Malformed, 0, what};
}

} // namespace

Status ApiRoles::add(std::string_view line, bool first)
{
    auto cells = parts(line, '\t');
    if (cells.size() == 11) { // with library and notes
        cells.erase(cells.begin());
    }
    if (cells.size() < 9) {
        return mistake(std::to_string(cells.size()) + " columns where 9 are wanted");
    }
    if (cells[1] == "alias") {
        if (cells[0].ends_with('*') && cells[7].ends_with('*')) {
            m_aliases.emplace_back(cells[0].substr(0, cells[0].size() - 1), cells[7].substr(0, cells[7].size() - 1));
        }
        return success();
    }
    auto row = std::make_unique<ApiRow>();
    row->callee = cells[0];
    row->kind = cells[1];
    for (const auto role : parts(cells[2] == "-" ? std::string_view() : cells[2], ',')) {
        const auto* hit = std::find_if(
            std::begin(roleNames), std::end(roleNames), [role](const auto& entry) { return entry.first == role; });
        if (hit != std::end(roleNames)) {
            row->roles |= hit->second;
        } else if (!role.empty()) {
            return mistake("no such role: " + std::string(role));
        }
    }
    row->locators = argumentsOf(cells[3]);
    row->locatorKind = cells[4];
    row->data = argumentsOf(cells[5]);
    row->labels = argumentsOf(cells[6]);
    row->returns = cells[7];
    row->mutates = cells[8];
    if (row->kind == "pattern") {
        // The longer one says more of what it is about; rows of the user come before all.
        const auto place = first ? m_patterns.begin()
                                 : std::find_if(m_patterns.begin(), m_patterns.end(), [&row](const ApiRow* other) {
                                       return other->callee.size() < row->callee.size();
                                   });
        m_patterns.insert(place, row.get());
    } else if (first) {
        m_exact[row->callee] = row.get();
    } else {
        m_exact.try_emplace(row->callee, row.get());
    }
    m_libraries[row->callee.substr(0, row->callee.find('.'))] = true;
    m_rows.push_back(std::move(row));
    return success();
}

void ApiRoles::addTypes(std::string_view line)
{
    const auto cells = parts(line, '\t');
    if (cells.size() != 2) {
        return;
    }
    if (cells[1].starts_with('=')) {
        m_shortTypes[cells[0]] = cells[1].substr(1);
        return;
    }
    m_bases.push_back({cells[0], parts(cells[1], ' ')});
}

std::shared_ptr<const ApiRoles> ApiRoles::builtIn()
{
    static const std::shared_ptr<const ApiRoles> table = [] {
        auto made = withRows({});
        return made.ok() ? made.value() : std::shared_ptr<const ApiRoles>(new ApiRoles);
    }();
    return table;
}

Result<std::shared_ptr<const ApiRoles>> ApiRoles::withRows(std::string text)
{
    std::shared_ptr<ApiRoles> table(new ApiRoles);
    table->m_text = std::move(text);
    std::size_t number = 0;
    for (std::string_view rest = table->m_text; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.empty() || line.starts_with('#') || line.starts_with("library\t")) {
            continue;
        }
        if (const auto status = table->add(line, true); !status.ok()) {
            auto error = status.error();
            error.detail = "line " + std::to_string(number) + ": " + error.detail;
            return error;
        }
    }
    for (const auto line : roleLines) {
        if (const auto status = table->add(line, false); !status.ok()) {
            return status.error();
        }
    }
    for (const auto line : typeLines) {
        table->addTypes(line);
    }
    for (const auto& [from, to] : otherNames) {
        table->m_aliases.emplace_back(from, to);
    }
    return std::shared_ptr<const ApiRoles>(std::move(table));
}

std::string ApiRoles::canonical(std::string_view dotted) const
{
    std::string name(dotted);
    for (int round = 0; round < 3 && !m_exact.contains(name); ++round) {
        const auto hit = std::find_if(m_aliases.begin(), m_aliases.end(),
            [&name](const auto& alias) { return std::string_view(name).starts_with(alias.first); });
        if (hit == m_aliases.end()) {
            break;
        }
        name.replace(0, hit->first.size(), hit->second);
    }
    return name;
}

const ApiRow* ApiRoles::exact(std::string_view callee) const
{
    const auto hit = m_exact.find(callee);
    return hit != m_exact.end() ? hit->second : nullptr;
}

const ApiRow* ApiRoles::pattern(std::string_view callee) const
{
    for (const auto* row : m_patterns) {
        if (!row->callee.starts_with("*.") && code::matchesGlob(callee, row->callee)) {
            return row;
        }
    }
    return nullptr;
}

const ApiRow* ApiRoles::function(std::string_view callee) const
{
    if (const auto* row = exact(callee)) {
        return row;
    }
    return pattern(callee);
}

const ApiRow* ApiRoles::method(std::string_view type, std::string_view name) const
{
    std::string callee(type);
    callee += '.';
    const auto stem = callee.size();
    callee += name;
    if (const auto* row = exact(callee)) {
        return row;
    }
    // What the row of its constructor says it gives: lightgbm.Dataset, keras.models.load_model.
    if (const auto* made = exact(type); made && made->kind == "constructor") {
        if (const auto given = this->type(made->returns); !given.empty() && given != type) {
            if (const auto* row = method(given, name)) {
                return row;
            }
        }
    }
    for (const auto& entry : m_bases) {
        if (!code::matchesGlob(type, entry.glob)) {
            continue;
        }
        for (const auto base : entry.types) {
            callee.assign(base);
            callee += '.';
            callee += name;
            if (const auto* row = exact(callee)) {
                return row;
            }
        }
    }
    callee.assign(type);
    callee += '.';
    callee.resize(stem);
    callee += name;
    return pattern(callee);
}

const ApiRow* ApiRoles::anyMethod(std::string_view name) const
{
    for (const auto* row : m_patterns) {
        if (row->callee.starts_with("*.") && row->callee.substr(2) == name) {
            return row;
        }
    }
    return nullptr;
}

std::string_view ApiRoles::type(std::string_view returns) const
{
    if (const auto hit = m_shortTypes.find(returns); hit != m_shortTypes.end()) {
        return hit->second;
    }
    const bool dotted = returns.find('.') != std::string_view::npos && returns.find(' ') == std::string_view::npos
        && returns.find('[') == std::string_view::npos && returns.find('(') == std::string_view::npos;
    return dotted ? returns : std::string_view();
}

bool ApiRoles::isA(std::string_view type, std::string_view base) const
{
    if (type == base) {
        return true;
    }
    return std::any_of(m_bases.begin(), m_bases.end(), [type, base](const Bases& entry) {
        return std::find(entry.types.begin(), entry.types.end(), base) != entry.types.end()
            && code::matchesGlob(type, entry.glob);
    });
}

bool ApiRoles::knowsLibrary(std::string_view module) const
{
    return m_libraries.contains(module.substr(0, module.find('.')));
}

bool ApiRoles::knowsPackage(std::string_view module) const
{
    std::string name(module.substr(0, module.find('.')));
    std::transform(
        name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return knowsLibrary(module)
        || std::binary_search(std::begin(packageNames), std::end(packageNames), std::string_view(name));
}

bool ApiRoles::isStandard(std::string_view module)
{
    return std::binary_search(std::begin(standardNames), std::end(standardNames), module.substr(0, module.find('.')));
}

} // namespace cupel::lineage
