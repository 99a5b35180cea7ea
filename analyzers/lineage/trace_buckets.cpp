// SPDX-License-Identifier: GPL-3.0-or-later
// Object stores: a bucket and a key are one place, whoever holds the bucket; files go up and come down.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <cctype>

namespace cupel::lineage {

namespace {

// Empty: it is no store of objects.
std::string_view schemeOf(std::string_view callee)
{
    const auto of = [callee](std::initializer_list<std::string_view> libraries) {
        return std::any_of(
            libraries.begin(), libraries.end(), [callee](auto library) { return callee.starts_with(library); });
    };
    return of({"google.cloud.storage.", "gcsfs."})       ? "gs://"
        : of({"azure.storage.", "adlfs."})               ? "az://"
        : of({"boto3.", "s3fs.", "aioboto3.", "minio."}) ? "s3://"
                                                         : "";
}

// "bucket+key+path": what each argument of the row is.
std::vector<std::string_view> kindsOf(std::string_view written)
{
    std::vector<std::string_view> kinds;
    while (!written.empty() && kinds.size() < 8) {
        const auto plus = written.find('+');
        kinds.push_back(written.substr(0, plus));
        written = plus == std::string_view::npos ? std::string_view() : written.substr(plus + 1);
    }
    return kinds;
}

} // namespace

// boto3.client("sagemaker-runtime") is a boto3.SageMakerRuntime.Client.
bool Trace::storeClient(TraceCall& site, std::string_view name, Ref& result)
{
    const bool client =
        name == "boto3.client" || name == "boto3.Session.client" || name == "boto3.session.Session.client";
    const bool resource =
        name == "boto3.resource" || name == "boto3.Session.resource" || name == "boto3.session.Session.resource";
    const auto service = at(site.value(0, "service_name"));
    if ((!client && !resource) || service.kind != ThingKind::Text) {
        return false;
    }
    std::string type = "boto3.";
    bool upper = true;
    for (const char c : service.text.substr(0, 64)) {
        type += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = c == '-';
        if (upper) {
            type.pop_back();
        }
    }
    if (type.starts_with("boto3.Sagemaker")) {
        type[10] = 'M';
    }
    result = object(keep(type + (client ? ".Client" : ".ServiceResource")), site.node);
    return true;
}

// The place that bucket and key name; a part that is not given is what the receiver was made with.
Ref Trace::bucketPlace(const TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto kinds = kindsOf(row.locatorKind);
    const auto part = [&](std::string_view first, std::string_view second) {
        Ref value = 0;
        for (const auto& [key, held] : at(receiver).madeBy) {
            value = key == "bucket" || key == "key" ? (key == first ? held : value) : value;
        }
        for (std::size_t i = 0; i < kinds.size() && i < row.locators.size(); ++i) {
            if (kinds[i] == first || kinds[i] == second) {
                const auto given = argumentsFor(site, {row.locators[i]}, receiver);
                value = given.empty() ? value : given.front();
            }
        }
        return value;
    };
    const auto bucket = part("bucket", "bucket");
    const auto key = part("key", "prefix");
    if (bucket == 0 && key == 0) {
        return 0;
    }
    if (row.callee.starts_with("s3fs.") || row.callee.starts_with("gcsfs.")) { // "bucket/key" in one
        const auto path = textOf(key);
        return text(has(path, "://") ? path : std::string(schemeOf(row.callee)) + path, site.node);
    }
    auto written = std::string(schemeOf(row.callee)) + textOf(bucket);
    const bool folder = std::find(kinds.begin(), kinds.end(), "prefix") != kinds.end();
    if (key != 0 || !folder) {
        written += '/' + textOf(key);
    }
    return text(std::move(written), site.node);
}

// False: the row says nothing of buckets.
bool Trace::bucketEffect(TraceCall& site, const ApiRow& row, Ref receiver, Ref& result)
{
    const auto kinds = kindsOf(row.locatorKind);
    const auto speaks = [&kinds](std::string_view kind) {
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    if ((!speaks("bucket") && !speaks("key")) || schemeOf(row.callee).empty()) {
        return false;
    }
    if (!row.is(roleSource | roleSink)) { // client.bucket("b").blob("k"): on its way to a place
        result = object(m_roles.type(row.returns), site.node);
        at(result).madeBy = at(receiver).madeBy;
        for (std::size_t i = 0; i < kinds.size() && i < row.locators.size(); ++i) {
            const auto given = argumentsFor(site, {row.locators[i]}, receiver);
            if (!given.empty()) {
                at(result).madeBy.emplace_back(kinds[i], given.front());
            }
        }
        return true;
    }
    const auto remote = bucketPlace(site, row, receiver);
    const auto far = remote == 0 ? std::vector<Locator>{} : locatorsOf(remote, "uri", false);
    if (far.empty() || (row.is(roleSource) && row.is(roleSink))) {
        return false;
    }
    const auto where = place(site.node);
    const auto rule = "call:" + std::string(row.callee);
    const auto there = m_out.located(far.front(), row.callee, where);
    std::vector<Locator> near;
    for (std::size_t i = 0; i < kinds.size() && i < row.locators.size(); ++i) {
        const auto given = kinds[i] == "path" ? argumentsFor(site, {row.locators[i]}, receiver) : std::vector<Ref>{};
        if (!given.empty()) {
            near = locatorsOf(given.front(), "path", false);
        }
    }
    result = object(m_roles.type(row.returns), site.node);
    if (row.is(roleSource)) {
        m_out.source(there, far.front().kind, far.front().value, where);
        for (const auto& local : near) {
            const auto file = m_out.located(local, row.callee, where);
            m_out.edge(there, file, EdgeKind::Writes, rule, "it is downloaded to this file", where);
            m_out.sink(file, local.kind, local.value, where, {there});
        }
        if (near.empty()) {
            result = fromSource(there, m_roles.type(row.returns), site.node);
            if (const auto into = site.value(2, "Fileobj"); into != 0 && has(row.mutates, "Fileobj")) {
                mutate(into, {result}, site.node, rule);
            }
        }
        return true;
    }
    Marks inputs;
    for (const auto& local : near) {
        const auto file = m_out.located(local, row.callee, where);
        m_out.source(file, local.kind, local.value, where);
        mergeMarks(inputs, {file});
    }
    for (const auto ref : argumentsFor(site, row.data, receiver)) {
        mergeMarks(inputs, at(ref).modelNode != none ? Marks{at(ref).modelNode} : at(ref).from);
    }
    m_out.sink(there, far.front().kind, far.front().value, where, inputs);
    for (const auto from : inputs) {
        m_out.edge(from, there, EdgeKind::Writes, rule, "it is uploaded there", where);
    }
    return true;
}

} // namespace cupel::lineage
