// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/taint_sources.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace cupel::code {

namespace {

struct Row {
    std::string_view pattern;
    Sources source;
};

constexpr Row callRows[] = {{"builtins.input", sourceInput}, {"builtins.raw_input", sourceInput},
    {"sys.stdin.read", sourceInput}, {"sys.stdin.readline", sourceInput}, {"sys.stdin.readlines", sourceInput},
    {"streamlit*.text_input", sourceInput}, {"streamlit*.text_area", sourceInput},
    {"streamlit*.chat_input", sourceInput}, {"streamlit*.file_uploader", sourceInput},
    {"chainlit*.AskUserMessage", sourceInput}, {"google.colab.files.upload", sourceInput},
    {"click.prompt", sourceInput}, {"typer.prompt", sourceInput},
    {"*argparse.ArgumentParser().parse_args", sourceArgument},
    {"*argparse.ArgumentParser().parse_known_args", sourceArgument}, {"$parser.parse_args", sourceArgument},
    {"$*.parse_args", sourceArgument}, {"getopt.getopt", sourceArgument},
    {"optparse.OptionParser().parse_args", sourceArgument}, {"os.getenv", sourceEnvironment},
    {"os.environ.get", sourceEnvironment}, {"os.environb.get", sourceEnvironment}, {"getpass.getpass", sourceSecret},
    {"google.colab.userdata.get", sourceSecret}, {"$userdata.get", sourceSecret},
    {"$dbutils.secrets.get", sourceSecret}, {"*.get_secret_value", sourceSecret},
    {"*.access_secret_version", sourceSecret}, {"*.get_secret", sourceSecret},
    {"kaggle_secrets.UserSecretsClient().get_secret", sourceSecret}, {"keyring.get_password", sourceSecret},
    {"dotenv.get_key", sourceSecret}, {"dotenv.dotenv_values", sourceSecret},
    // Language models
    {"*.chat.completions.create", sourceModel}, {"*.completions.create", sourceModel},
    {"*.chat.completions.parse", sourceModel}, {"*.ChatCompletion.create", sourceModel},
    {"*.Completion.create", sourceModel}, {"*.responses.create", sourceModel}, {"*.messages.create", sourceModel},
    {"*.generate_content", sourceModel}, {"*.generate_content_async", sourceModel},
    {"*.start_chat().send_message", sourceModel}, {"ollama.chat", sourceModel}, {"ollama.generate", sourceModel},
    {"litellm.completion", sourceModel}, {"litellm.acompletion", sourceModel}, {"replicate.run", sourceModel},
    {"transformers.pipeline()", sourceModel}, {"*.text_generation", sourceModel}, {"*.chat_completion", sourceModel},
    {"*.invoke_model", sourceModel}, {"*.converse", sourceModel}, {"cohere*.generate", sourceModel},
    {"cohere*.chat", sourceModel}, {"langchain*.invoke", sourceModel}, {"langchain*.ainvoke", sourceModel},
    {"langchain*.predict", sourceModel}, {"langchain*.run", sourceModel}, {"langchain*.batch", sourceModel},
    {"langchain*.generate", sourceModel}, {"langchain*.stream", sourceModel}, {"langchain*.LLMChain()", sourceModel},
    {"langchain*.OpenAI()", sourceModel}, {"langchain*.ChatOpenAI()", sourceModel}, {"$llm", sourceModel},
    {"$llm.invoke", sourceModel}, {"$llm.predict", sourceModel}, {"$llm.complete", sourceModel},
    {"$chain.invoke", sourceModel}, {"$chain.run", sourceModel}, {"$agent.run", sourceModel},
    {"$agent.invoke", sourceModel}, {"$agent_executor.invoke", sourceModel}, {"llama_index*.query", sourceModel},
    {"llama_index*.chat", sourceModel}, {"llama_index*.complete", sourceModel}, {"$query_engine.query", sourceModel},
    {"guidance*.gen", sourceModel}, {"dspy.Predict()", sourceModel}, {"dspy.ChainOfThought()", sourceModel},
    {"vllm.LLM().generate", sourceModel}, {"llama_cpp.Llama()", sourceModel},
    {"llama_cpp.Llama().create_chat_completion", sourceModel}, {"gpt4all.GPT4All().generate", sourceModel},
    {"ctransformers*.from_pretrained()", sourceModel},
    // Downloads and documents
    {"requests.get", sourceWeb}, {"requests.post", sourceWeb}, {"requests.request", sourceWeb},
    {"requests.Session().get", sourceWeb}, {"requests.Session().post", sourceWeb},
    {"requests.session().get", sourceWeb}, {"httpx.get", sourceWeb}, {"httpx.post", sourceWeb},
    {"httpx.Client().get", sourceWeb}, {"urllib.request.urlopen", sourceWeb}, {"urllib2.urlopen", sourceWeb},
    {"urllib.urlopen", sourceWeb}, {"wikipedia.page", sourceDocument}, {"wikipedia.summary", sourceDocument},
    {"feedparser.parse", sourceDocument}, {"*.WebBaseLoader().load", sourceDocument},
    {"*.UnstructuredURLLoader().load", sourceDocument}, {"*.RecursiveUrlLoader().load", sourceDocument},
    {"*.SeleniumURLLoader().load", sourceDocument}, {"*.PyPDFLoader().load", sourceDocument},
    {"*.DirectoryLoader().load", sourceDocument}, {"*.YoutubeLoader().load", sourceDocument},
    {"*.similarity_search", sourceDocument}, {"*.get_relevant_documents", sourceDocument},
    {"trafilatura.fetch_url", sourceDocument}, {"newspaper.Article().text", sourceDocument},
    {"praw*.submission", sourceDocument}, {"builtins.open().read", sourceFile},
    {"builtins.open().readlines", sourceFile}, {"builtins.open().readline", sourceFile},
    {"pathlib.Path().read_text", sourceFile}, {"pathlib.Path().read_bytes", sourceFile}, {"json.load", sourceFile},
    {"subprocess.check_output", sourceShell}, {"subprocess.getoutput", sourceShell}, {"os.popen", sourceShell},
    {"subprocess.run", sourceShell}, {"*.get_json", sourceRequest}};

constexpr Row readRows[] = {{"sys.argv", sourceArgument}, {"sys.orig_argv", sourceArgument},
    {"os.environ", sourceEnvironment}, {"os.environb", sourceEnvironment}, {"sys.stdin", sourceInput},
    {"flask.request", sourceRequest}, {"$request", sourceRequest}, {"bottle.request", sourceRequest},
    {"quart.request", sourceRequest}, {"ipywidgets.Text().value", sourceInput},
    {"ipywidgets.Textarea().value", sourceInput}, {"ipywidgets*.value", sourceInput}, {"$st.query_params", sourceInput},
    {"streamlit.query_params", sourceInput}};

constexpr std::string_view cleaning[] = {"shlex.quote", "pipes.quote", "html.escape", "cgi.escape", "markupsafe.escape",
    "flask.escape", "*.escape", "*.secure_filename", "os.path.basename", "builtins.int", "builtins.float",
    "builtins.bool", "builtins.len", "builtins.hash", "builtins.id", "builtins.isinstance", "builtins.range",
    "builtins.round", "builtins.sum", "builtins.abs", "builtins.type", "builtins.print", "ast.literal_eval",
    "uuid.UUID", "*.hexdigest", "*.quote_plus", "*.startswith", "*.endswith", "*.isdigit", "*.count", "*.index",
    "*.find", "*.exists", "*.isfile", "*.isdir", "bleach.clean", "psycopg2.sql.Identifier", "psycopg2.sql.Literal",
    "sqlalchemy.text().bindparams", "numpy.*.mean", "*.shape", "urllib.parse.quote", "*.escape_string",
    "*.quote_identifier", "nh3.clean", "builtins.sorted().index"};

constexpr std::string_view builtinNames[] = {"__import__", "abs", "all", "any", "ascii", "bin", "bool", "breakpoint",
    "bytearray", "bytes", "callable", "chr", "compile", "complex", "delattr", "dict", "dir", "display", "divmod",
    "enumerate", "eval", "exec", "execfile", "exit", "filter", "float", "format", "frozenset", "get_ipython", "getattr",
    "globals", "hasattr", "hash", "hex", "id", "input", "int", "isinstance", "iter", "len", "list", "locals", "map",
    "max", "memoryview", "min", "next", "object", "oct", "open", "ord", "pow", "print", "property", "quit", "raw_input",
    "range", "reload", "repr", "reversed", "round", "set", "setattr", "slice", "sorted", "str", "sum", "super", "tuple",
    "type", "unicode", "vars", "zip", "unichr"};

constexpr std::pair<std::string_view, std::string_view> usual[] = {{"np", "numpy"}, {"numpy", "numpy"},
    {"pd", "pandas"}, {"pandas", "pandas"}, {"tf", "tensorflow"}, {"torch", "torch"}, {"os", "os"}, {"sys", "sys"},
    {"subprocess", "subprocess"}, {"pickle", "pickle"}, {"requests", "requests"}, {"yaml", "yaml"}, {"json", "json"},
    {"plt", "matplotlib.pyplot"}, {"joblib", "joblib"}, {"shutil", "shutil"}, {"socket", "socket"}, {"ssl", "ssl"},
    {"random", "random"}, {"re", "re"}, {"openai", "openai"}, {"st", "streamlit"}, {"gr", "gradio"}, {"wandb", "wandb"},
    {"mlflow", "mlflow"}, {"hashlib", "hashlib"}, {"base64", "base64"}, {"marshal", "marshal"}, {"urllib", "urllib"},
    {"tempfile", "tempfile"}, {"tarfile", "tarfile"}, {"zipfile", "zipfile"}, {"builtins", "builtins"},
    {"__builtins__", "builtins"}, {"keras", "keras"}, {"nn", "torch.nn"}, {"boto3", "boto3"}, {"logging", "logging"},
    {"warnings", "warnings"}, {"importlib", "importlib"}};

PathMatcher matcherOf(const Row* begin, const Row* end)
{
    PathMatcher matcher;
    std::for_each(begin, end, [&](const Row& row) { matcher.add(row.pattern, row.source); });
    return matcher;
}

// In each of the words of secrets stands one of pass, pwd, secret, key, token and credential: two letters of them spare
// nearly all names the rest.
bool mayNameSecret(std::string_view name)
{
    const auto low = [name](std::size_t i) { return static_cast<char>(name[i] | 0x20); };
    for (std::size_t i = 0; i + 1 < name.size(); ++i) {
        const char next = low(i + 1);
        switch (low(i)) {
        case 'p':
            if (next == 'a' || next == 'w') {
                return true;
            }
            break;
        case 's':
        case 'k':
            if (next == 'e') {
                return true;
            }
            break;
        case 't':
            if (next == 'o') {
                return true;
            }
            break;
        case 'c':
            if (next == 'r') {
                return true;
            }
            break;
        default:
            break;
        }
    }
    return false;
}

} // namespace

const PathMatcher& sourceCalls()
{
    static const auto matcher = matcherOf(std::begin(callRows), std::end(callRows));
    return matcher;
}

const PathMatcher& sourceReads()
{
    static const auto matcher = matcherOf(std::begin(readRows), std::end(readRows));
    return matcher;
}

const PathMatcher& cleaningCalls()
{
    static const auto matcher = [] {
        PathMatcher list;
        for (const auto pattern : cleaning) {
            list.add(pattern, 1);
        }
        return list;
    }();
    return matcher;
}

bool namesSecret(std::string_view name)
{
    if (!mayNameSecret(name)) {
        return false;
    }
    std::string low;
    for (const char c : name) {
        low.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
    constexpr std::string_view words[] = {"password", "passwd", "secret", "api_key", "apikey", "access_key", "token",
        "private_key", "credential", "auth_key", "passphrase", "client_secret", "pwd"};
    constexpr std::string_view harmless[] = {"tokenizer", "tokens", "token_ids", "num_token", "max_token",
        "token_count", "token_type", "tokenize", "n_token", "pad_token", "eos_token", "bos_token", "sep_token",
        "cls_token", "mask_token", "unk_token", "special_token", "token_embed", "next_token", "secretary", "token_len",
        "token_index", "token_id", "subtoken", "stop_token"};
    const auto holds = [&](std::string_view word) { return low.find(word) != std::string::npos; };
    return std::any_of(std::begin(words), std::end(words), holds)
        && std::none_of(std::begin(harmless), std::end(harmless), holds);
}

bool isBuiltin(std::string_view name)
{
    static const std::unordered_set<std::string_view> names(std::begin(builtinNames), std::end(builtinNames));
    return names.contains(name);
}

std::string_view usualModule(std::string_view alias)
{
    static const std::unordered_map<std::string_view, std::string_view> names(std::begin(usual), std::end(usual));
    const auto hit = names.find(alias);
    return hit != names.end() ? hit->second : std::string_view();
}

} // namespace cupel::code
