// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/knowledge/attribute_words.h"

#include "analyzers/threats/rules/expression_node.h"

#include <algorithm>
#include <iterator>

// The window translates these; lupdate finds them by this name, and nothing of Qt is needed for it.
#define QT_TRANSLATE_NOOP(context, text) text

namespace cupel::threats {

namespace {

// By key.
constexpr AttributeWords table[] = {
    {"accelerator_shared", true, QT_TRANSLATE_NOOP("ThreatWords", "its accelerators are shared with others")},
    {"actions_logged", true, QT_TRANSLATE_NOOP("ThreatWords", "its actions are logged")},
    {"alert_limits", true, QT_TRANSLATE_NOOP("ThreatWords", "alerts are limited")},
    {"annotators", false, QT_TRANSLATE_NOOP("ThreatWords", "who labels")},
    {"append_only", true, QT_TRANSLATE_NOOP("ThreatWords", "the log can only be added to")},
    {"architecture_public", true, QT_TRANSLATE_NOOP("ThreatWords", "the architecture is public")},
    {"artifact", false, QT_TRANSLATE_NOOP("ThreatWords", "file")},
    {"audit_logged", true, QT_TRANSLATE_NOOP("ThreatWords", "somebody records who took or changed a model")},
    {"authenticated", true, QT_TRANSLATE_NOOP("ThreatWords", "callers have to log in")},
    {"authn", false, QT_TRANSLATE_NOOP("ThreatWords", "log-in")},
    {"authz", false, QT_TRANSLATE_NOOP("ThreatWords", "permission")},
    {"auto_update", true, QT_TRANSLATE_NOOP("ThreatWords", "it updates by itself")},
    {"autonomous", true, QT_TRANSLATE_NOOP("ThreatWords", "it acts on its own")},
    {"bind", false, QT_TRANSLATE_NOOP("ThreatWords", "address it listens at")},
    {"bulk_read", true, QT_TRANSLATE_NOOP("ThreatWords", "it can be read in bulk")},
    {"can_send_out", true, QT_TRANSLATE_NOOP("ThreatWords", "it can send data out")},
    {"card_present", true, QT_TRANSLATE_NOOP("ThreatWords", "there is a model card")},
    {"carries", false, QT_TRANSLATE_NOOP("ThreatWords", "what travels")},
    {"change_logged", true, QT_TRANSLATE_NOOP("ThreatWords", "changes are logged")},
    {"classification", false, QT_TRANSLATE_NOOP("ThreatWords", "classification")},
    {"code", true, QT_TRANSLATE_NOOP("ThreatWords", "it runs code")},
    {"command_pinned", true, QT_TRANSLATE_NOOP("ThreatWords", "the command has a fixed version")},
    {"compressed", true, QT_TRANSLATE_NOOP("ThreatWords", "it is compressed")},
    {"config_source", false, QT_TRANSLATE_NOOP("ThreatWords", "where settings come from")},
    {"config_versioned", true, QT_TRANSLATE_NOOP("ThreatWords", "settings are under version control")},
    {"consent", false, QT_TRANSLATE_NOOP("ThreatWords", "consent")},
    {"count", false, QT_TRANSLATE_NOOP("ThreatWords", "number of things in it")},
    {"db", true, QT_TRANSLATE_NOOP("ThreatWords", "it can use a database")},
    {"debug", true, QT_TRANSLATE_NOOP("ThreatWords", "it runs in debug mode")},
    {"decision_about_people", true, QT_TRANSLATE_NOOP("ThreatWords", "decisions about people are made with it")},
    {"decision_support", true, QT_TRANSLATE_NOOP("ThreatWords", "people decide by it")},
    {"deidentified", true, QT_TRANSLATE_NOOP("ThreatWords", "names and numbers of people were removed")},
    {"deployed_on", false, QT_TRANSLATE_NOOP("ThreatWords", "where it runs")},
    {"deploys_models", true, QT_TRANSLATE_NOOP("ThreatWords", "it deploys models")},
    {"drift_monitored", true, QT_TRANSLATE_NOOP("ThreatWords", "somebody is told of drift")},
    {"encrypted", true, QT_TRANSLATE_NOOP("ThreatWords", "the connection is encrypted")},
    {"encrypted_at_rest", true, QT_TRANSLATE_NOOP("ThreatWords", "it is encrypted where it lies")},
    {"evaluator_writable_by_trainer", true, QT_TRANSLATE_NOOP("ThreatWords", "who trains can change the evaluation")},
    {"experiment_logged", true, QT_TRANSLATE_NOOP("ThreatWords", "runs are recorded")},
    {"exposure", false, QT_TRANSLATE_NOOP("ThreatWords", "who can reach it")},
    {"extracts_archives", true, QT_TRANSLATE_NOOP("ThreatWords", "it unpacks archives")},
    {"federated", true, QT_TRANSLATE_NOOP("ThreatWords", "training is federated")},
    {"fetched_by", false, QT_TRANSLATE_NOOP("ThreatWords", "how it is fetched")},
    {"fetches_arbitrary_url", true, QT_TRANSLATE_NOOP("ThreatWords", "it fetches any address")},
    {"filter_by_user", true, QT_TRANSLATE_NOOP("ThreatWords", "answers are filtered by user")},
    {"fine_tuned_on_private", true, QT_TRANSLATE_NOOP("ThreatWords", "it was tuned with private data")},
    {"fine_tunes_llm", true, QT_TRANSLATE_NOOP("ThreatWords", "it tunes a language model")},
    {"format", false, QT_TRANSLATE_NOOP("ThreatWords", "format")},
    {"fs_root", true, QT_TRANSLATE_NOOP("ThreatWords", "it reaches the whole file system")},
    {"generates_code", true, QT_TRANSLATE_NOOP("ThreatWords", "it writes code")},
    {"grounded", true, QT_TRANSLATE_NOOP("ThreatWords", "answers are tied to sources")},
    {"hash_pinned", true, QT_TRANSLATE_NOOP("ThreatWords", "its digest is fixed")},
    {"holds_credentials", true, QT_TRANSLATE_NOOP("ThreatWords", "it holds credentials")},
    {"holds_secrets", true, QT_TRANSLATE_NOOP("ThreatWords", "it holds credentials")},
    {"host_mounts", true, QT_TRANSLATE_NOOP("ThreatWords", "folders of the host are mounted")},
    {"human_approval", true, QT_TRANSLATE_NOOP("ThreatWords", "a person approves what it does")},
    {"image_pin", false, QT_TRANSLATE_NOOP("ThreatWords", "version of the image")},
    {"integrity_checked", true, QT_TRANSLATE_NOOP("ThreatWords", "data is compared with a digest")},
    {"kill_switch", true, QT_TRANSLATE_NOOP("ThreatWords", "somebody can stop it")},
    {"kind", false, QT_TRANSLATE_NOOP("ThreatWords", "kind")},
    {"licence", false, QT_TRANSLATE_NOOP("ThreatWords", "licence")},
    {"logs_inputs", true, QT_TRANSLATE_NOOP("ThreatWords", "inputs are logged")},
    {"logs_requests", true, QT_TRANSLATE_NOOP("ThreatWords", "requests are logged")},
    {"mail", true, QT_TRANSLATE_NOOP("ThreatWords", "it can send mail")},
    {"members", false, QT_TRANSLATE_NOOP("ThreatWords", "things in it")},
    {"mixed_classification", true, QT_TRANSLATE_NOOP("ThreatWords", "public and confidential lie together")},
    {"multi_tenant", true, QT_TRANSLATE_NOOP("ThreatWords", "others use the same machine")},
    {"mutable", true, QT_TRANSLATE_NOOP("ThreatWords", "what it gives may change")},
    {"mutable_tags", true, QT_TRANSLATE_NOOP("ThreatWords", "names can point to another version later")},
    {"offline", true, QT_TRANSLATE_NOOP("ThreatWords", "it is computed offline")},
    {"online", true, QT_TRANSLATE_NOOP("ThreatWords", "it is computed online")},
    {"opened_by_people", true, QT_TRANSLATE_NOOP("ThreatWords", "people open it in a spreadsheet")},
    {"opens_external_artifacts", true, QT_TRANSLATE_NOOP("ThreatWords", "this person opens files from outside")},
    {"org_unverified", true, QT_TRANSLATE_NOOP("ThreatWords", "the publisher is not verified")},
    {"origin", false, QT_TRANSLATE_NOOP("ThreatWords", "origin")},
    {"orphan", true, QT_TRANSLATE_NOOP("ThreatWords", "no code reads or writes it")},
    {"outputs_saved", true, QT_TRANSLATE_NOOP("ThreatWords", "outputs are saved in it")},
    {"overlap", true, QT_TRANSLATE_NOOP("ThreatWords", "training and test data overlap")},
    {"parity_checked", true, QT_TRANSLATE_NOOP("ThreatWords", "both computations were compared")},
    {"payment", true, QT_TRANSLATE_NOOP("ThreatWords", "it can pay")},
    {"persistent", true, QT_TRANSLATE_NOOP("ThreatWords", "it remembers over sessions")},
    {"pii", true, QT_TRANSLATE_NOOP("ThreatWords", "it holds personal data")},
    {"pinned", true, QT_TRANSLATE_NOOP("ThreatWords", "its version is fixed")},
    {"private_training", true, QT_TRANSLATE_NOOP("ThreatWords", "training protects single persons")},
    {"privileged", true, QT_TRANSLATE_NOOP("ThreatWords", "it has the rights of the host")},
    {"promotes_without_scan", true, QT_TRANSLATE_NOOP("ThreatWords", "models go into service without a scan")},
    {"protocol", false, QT_TRANSLATE_NOOP("ThreatWords", "protocol")},
    {"provenance_recorded", true, QT_TRANSLATE_NOOP("ThreatWords", "its origin is recorded")},
    {"published", true, QT_TRANSLATE_NOOP("ThreatWords", "it is published")},
    {"python", true, QT_TRANSLATE_NOOP("ThreatWords", "it can run Python")},
    {"rag", true, QT_TRANSLATE_NOOP("ThreatWords", "it reads documents to answer")},
    {"rate_limited", true, QT_TRANSLATE_NOOP("ThreatWords", "calls are limited")},
    {"read_authz", false, QT_TRANSLATE_NOOP("ThreatWords", "who may read")},
    {"reads_sensitive", true, QT_TRANSLATE_NOOP("ThreatWords", "it reads sensitive data")},
    {"reads_untrusted", true, QT_TRANSLATE_NOOP("ThreatWords", "it reads what nobody answers for")},
    {"repl", true, QT_TRANSLATE_NOOP("ThreatWords", "it has a console")},
    {"retrains_on_feedback", true, QT_TRANSLATE_NOOP("ThreatWords", "it learns from feedback")},
    {"returns", false, QT_TRANSLATE_NOOP("ThreatWords", "what it answers with")},
    {"revision_pinned", true, QT_TRANSLATE_NOOP("ThreatWords", "its revision is fixed")},
    {"robustness_tested", true, QT_TRANSLATE_NOOP("ThreatWords", "its robustness was tested")},
    {"role", false, QT_TRANSLATE_NOOP("ThreatWords", "role")},
    {"runs_as_root", true, QT_TRANSLATE_NOOP("ThreatWords", "it runs as root")},
    {"runs_as_service", true, QT_TRANSLATE_NOOP("ThreatWords", "it runs as a service")},
    {"runs_foreign_code", true, QT_TRANSLATE_NOOP("ThreatWords", "it runs code from outside")},
    {"safety_reevaluated", true, QT_TRANSLATE_NOOP("ThreatWords", "safety was measured again")},
    {"scan_gate", true, QT_TRANSLATE_NOOP("ThreatWords", "a scan has to pass first")},
    {"scheduler_exposure", false, QT_TRANSLATE_NOOP("ThreatWords", "who can reach the scheduler")},
    {"schema_validated", true, QT_TRANSLATE_NOOP("ThreatWords", "the form of the data is checked")},
    {"scope", false, QT_TRANSLATE_NOOP("ThreatWords", "scope")},
    {"script_injection", true, QT_TRANSLATE_NOOP("ThreatWords", "text from outside gets into a script")},
    {"shared_across_users", true, QT_TRANSLATE_NOOP("ThreatWords", "users share it")},
    {"shared_credentials", true, QT_TRANSLATE_NOOP("ThreatWords", "several share its credentials")},
    {"shared_token", true, QT_TRANSLATE_NOOP("ThreatWords", "several share one token")},
    {"shell", true, QT_TRANSLATE_NOOP("ThreatWords", "it can run shell commands")},
    {"signed", true, QT_TRANSLATE_NOOP("ThreatWords", "it is signed")},
    {"size_limited", true, QT_TRANSLATE_NOOP("ThreatWords", "sizes are limited")},
    {"source", false, QT_TRANSLATE_NOOP("ThreatWords", "kind of place it comes from")},
    {"steps_pinned", true, QT_TRANSLATE_NOOP("ThreatWords", "its steps have fixed versions")},
    {"stores_history", true, QT_TRANSLATE_NOOP("ThreatWords", "it keeps conversations")},
    {"stores_inputs", true, QT_TRANSLATE_NOOP("ThreatWords", "it keeps inputs")},
    {"stores_prompts", true, QT_TRANSLATE_NOOP("ThreatWords", "it keeps prompts")},
    {"subgroup_tested", true, QT_TRANSLATE_NOOP("ThreatWords", "quality was measured for each group of people")},
    {"task", false, QT_TRANSLATE_NOOP("ThreatWords", "task")},
    {"tools", false, QT_TRANSLATE_NOOP("ThreatWords", "tools")},
    {"trains", false, QT_TRANSLATE_NOOP("ThreatWords", "what it trains")},
    {"trains_model", true, QT_TRANSLATE_NOOP("ThreatWords", "a model is trained with it")},
    {"transport", false, QT_TRANSLATE_NOOP("ThreatWords", "transport")},
    {"trust", false, QT_TRANSLATE_NOOP("ThreatWords", "trust")},
    {"unversioned", true, QT_TRANSLATE_NOOP("ThreatWords", "nothing keeps its versions")},
    {"uri", false, QT_TRANSLATE_NOOP("ThreatWords", "address")},
    {"used_by", false, QT_TRANSLATE_NOOP("ThreatWords", "what it is used for")},
    {"user", false, QT_TRANSLATE_NOOP("ThreatWords", "user it runs as")},
    {"uses_api_key", true, QT_TRANSLATE_NOOP("ThreatWords", "it uses an API key")},
    {"versioned", true, QT_TRANSLATE_NOOP("ThreatWords", "it has versions")},
    {"wildcard", true, QT_TRANSLATE_NOOP("ThreatWords", "its permissions hold a wildcard")},
    {"writable_from_untrusted", true, QT_TRANSLATE_NOOP("ThreatWords", "others can write into it")},
    {"write", true, QT_TRANSLATE_NOOP("ThreatWords", "it can write")},
    {"write_authz", false, QT_TRANSLATE_NOOP("ThreatWords", "who may write")},
    {"writers", false, QT_TRANSLATE_NOOP("ThreatWords", "number of teams that can write")},
};

} // namespace

const AttributeWords* wordsOfAttribute(std::string_view key)
{
    const auto* found = std::lower_bound(std::begin(table), std::end(table), key,
        [](const AttributeWords& row, std::string_view wanted) { return row.key < wanted; });
    return found != std::end(table) && found->key == key ? found : nullptr;
}

Said saidOf(std::string_view value)
{
    return value.empty() || value == "unknown" ? Said::Unknown
        : isNo(value)                          ? Said::No
        : value == "true" || value == "yes"    ? Said::Yes
                                               : Said::Value;
}

bool saysSame(std::string_view one, std::string_view other)
{
    const Said said = saidOf(one);
    return one == other || (said != Said::Value && said != Said::Unknown && said == saidOf(other));
}

std::string plainWords(std::string_view id)
{
    std::string out(id.substr(id.find('.') == std::string_view::npos ? 0 : id.find('.') + 1));
    std::replace_if(out.begin(), out.end(), [](char c) { return c == '-' || c == '_' || c == '.' || c == '*'; }, ' ');
    out.resize(out.find_last_not_of(' ') + 1); // "nb.secret.*"
    return out;
}

std::string inWords(const Reason& reason)
{
    if (reason.key == "finding") {
        return "the scan found: " + plainWords(reason.value);
    }
    const AttributeWords* row = wordsOfAttribute(reason.key);
    const std::string value = reason.key == "kind" ? plainWords(reason.value) : reason.value;
    const std::string words = row ? std::string(row->words) : plainWords(reason.key);
    const Said said = saidOf(reason.value);
    if (row && row->fact) {
        return said == Said::Unknown ? "nobody knows whether " + words
            : said == Said::Yes      ? words
            : said == Said::No       ? "it is not so that " + words
                                     : words + " (" + value + ')';
    }
    return words + (said == Said::Unknown ? std::string(" is not known") : ": " + value);
}

} // namespace cupel::threats
