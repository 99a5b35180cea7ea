// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/name_words.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace cupel::lineage {

namespace {

template <typename Table> bool holds(const Table& table, std::string_view word)
{
    return std::binary_search(std::begin(table), std::end(table), word);
}

// All tables are sorted.
constexpr std::string_view given[] = {"ArithmeticError", "AssertionError", "AttributeError", "BaseException",
    "BaseExceptionGroup", "BlockingIOError", "BrokenPipeError", "BufferError", "BytesWarning", "ChildProcessError",
    "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "DeprecationWarning",
    "EOFError", "Ellipsis", "EncodingWarning", "EnvironmentError", "Exception", "ExceptionGroup", "False",
    "FileExistsError", "FileNotFoundError", "FloatingPointError", "FutureWarning", "GeneratorExit", "IOError",
    "ImportError", "ImportWarning", "In", "IndentationError", "IndexError", "InterruptedError", "IsADirectoryError",
    "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError", "ModuleNotFoundError", "NameError", "None",
    "NotADirectoryError", "NotImplemented", "NotImplementedError", "OSError", "Out", "OverflowError",
    "PendingDeprecationWarning", "PermissionError", "ProcessLookupError", "PythonFinalizationError", "RecursionError",
    "ReferenceError", "ResourceWarning", "RuntimeError", "RuntimeWarning", "StandardError", "StopAsyncIteration",
    "StopIteration", "SyntaxError", "SyntaxWarning", "SystemError", "SystemExit", "TabError", "TimeoutError", "True",
    "TypeError", "UnboundLocalError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError",
    "UnicodeTranslateError", "UnicodeWarning", "UserWarning", "ValueError", "Warning", "WindowsError",
    "ZeroDivisionError", "_", "__", "__IPYTHON__", "___", "__annotations__", "__build_class__", "__builtin__",
    "__builtins__", "__class__", "__debug__", "__dict__", "__doc__", "__file__", "__import__", "__loader__",
    "__module__", "__name__", "__package__", "__path__", "__qualname__", "__spec__", "_dh", "_i", "_ih", "_ii", "_iii",
    "_oh", "abs", "aiter", "all", "anext", "any", "apply", "ascii", "basestring", "bin", "bool", "breakpoint", "buffer",
    "bytearray", "bytes", "callable", "chr", "classmethod", "cmp", "coerce", "compile", "complex", "copyright",
    "credits", "dbutils", "delattr", "dict", "dir", "display", "displayHTML", "divmod", "enumerate", "eval", "exec",
    "execfile", "exit", "file", "filter", "float", "format", "frozenset", "get_ipython", "getattr", "globals",
    "hasattr", "hash", "help", "hex", "id", "input", "int", "intern", "isinstance", "issubclass", "iter", "len",
    "license", "list", "locals", "long", "map", "max", "memoryview", "min", "next", "object", "oct", "open", "ord",
    "pow", "print", "property", "quit", "range", "raw_input", "reduce", "reload", "repr", "reversed", "round", "sc",
    "set", "setattr", "slice", "sorted", "spark", "sqlContext", "staticmethod", "str", "sum", "super", "tuple", "type",
    "unichr", "unicode", "vars", "xrange", "zip"};

constexpr std::string_view changing[] = {"add", "add_argument", "add_cell", "add_column", "add_documents", "add_edge",
    "add_edges_from", "add_layer", "add_module", "add_node", "add_nodes_from", "add_special_tokens", "add_texts",
    "add_tokens", "append", "appendleft", "apply_gradients", "backward", "build", "clear", "compile", "cpu", "cuda",
    "discard", "drop_duplicates_", "eval_", "extend", "extendleft", "fill", "fit", "fit_generator", "fit_predict",
    "fit_resample_", "fit_transform", "freeze", "half", "insert", "intersection_update", "itemset", "learn", "load",
    "load_state_dict", "load_weights", "minimize", "move_to_end", "partial_fit", "pop", "popitem", "popleft", "put",
    "register_buffer", "register_forward_hook", "remove", "requires_grad_", "reset", "resize_token_embeddings",
    "reverse", "rotate", "set_params", "set_weights", "setdefault", "setflags", "sort", "step",
    "symmetric_difference_update", "train_on_batch", "unfreeze", "update", "zero_grad"};

constexpr std::string_view growing[] = {"add_layer", "add_module", "append", "appendleft", "extend", "extendleft",
    "insert", "pop", "popitem", "popleft", "remove", "reverse", "rotate"};

constexpr std::string_view deep[] = {"backward", "fit", "learn", "minimize", "step", "train"};

constexpr std::string_view itself[] = {"add", "cpu", "cuda", "double", "eval", "fit", "float", "half", "partial_fit",
    "requires_grad_", "set_params", "to", "train"};

constexpr std::string_view views[] = {"detach", "diagonal", "expand", "flat", "items", "numpy", "permute", "ravel",
    "reshape", "squeeze", "swapaxes", "transpose", "unsqueeze", "values", "view"};

constexpr std::string_view looking[] = {"agg", "aggregate", "all", "any", "apply", "argmax", "argmin", "as_matrix",
    "assign", "astype", "bar", "barh", "boxplot", "close", "collect", "columns", "copy", "corr", "count", "cov",
    "cumsum", "decode", "describe", "display", "drop", "drop_duplicates", "dropna", "dtypes", "dump", "encode",
    "endswith", "eval", "evaluate", "export", "fillna", "filter", "find", "flush", "format", "get", "get_config",
    "get_params", "groupby", "head", "hist", "imshow", "index", "info", "isna", "isnull", "items", "join", "keys",
    "legend", "list", "log_metric", "log_param", "lower", "map", "max", "mean", "median", "melt", "merge", "min",
    "mode", "nlargest", "notnull", "nsmallest", "nunique", "pairplot", "pivot", "pivot_table", "plot", "plot_model",
    "predict", "predict_proba", "print", "printSchema", "quantile", "query", "read", "rename", "render", "replace",
    "resample", "reset_index", "round", "sample", "save", "save_model", "save_pretrained", "save_weights", "savefig",
    "savetxt", "scatter", "score", "select_dtypes", "set_index", "set_title", "set_xlabel", "set_ylabel", "shape",
    "show", "skew", "sort_index", "sort_values", "split", "startswith", "std", "strip", "sum", "summary", "tail",
    "tight_layout", "title", "to_csv", "to_excel", "to_html", "to_json", "to_parquet", "to_pickle", "to_sql",
    "transform", "transpose", "unique", "upper", "value_counts", "values", "var", "view", "write", "xlabel", "xlim",
    "ylabel", "ylim"};

constexpr std::string_view renewing[] = {"assign", "astype", "drop", "drop_duplicates", "dropna", "fillna",
    "interpolate", "rename", "replace", "reset_index", "set_index", "sort_index", "sort_values"};

constexpr std::string_view argumentChanging[] = {"copyto", "fill_diagonal", "heapify", "heappop", "heappush",
    "heapreplace", "insort", "insort_left", "insort_right", "place", "put", "put_along_axis", "putmask", "setattr",
    "shuffle"};

constexpr std::string_view saving[] = {"dump", "export", "export_graphviz", "imsave", "imwrite", "log_artifact",
    "log_model", "push_to_hub", "save", "save_dataset", "save_model", "save_pretrained", "save_to_disk", "save_weights",
    "savefig", "savetxt", "savez", "savez_compressed", "to_csv", "to_excel", "to_feather", "to_hdf", "to_json",
    "to_parquet", "to_pickle", "to_sql", "write_csv", "write_parquet"};

constexpr std::string_view eachTime[] = {"cumprod", "cumsum", "diff", "exp", "expand_dims", "expm1", "flip", "fliplr",
    "flipud", "log", "log10", "log1p", "log2", "moveaxis", "negative", "pct_change", "permute", "roll", "rollaxis",
    "rot90", "sqrt", "square", "swapaxes", "transpose", "unsqueeze"};

constexpr std::string_view installed[] = {"IPython", "PIL", "__future__", "abc", "argparse", "ast", "bs4",
    "collections", "contextlib", "copy", "csv", "cv2", "datasets", "datetime", "enum", "fastai", "functools", "gc",
    "glob", "gym", "gymnasium", "hashlib", "io", "ipywidgets", "itertools", "joblib", "json", "keras", "langchain",
    "lightgbm", "logging", "math", "matplotlib", "mlflow", "multiprocessing", "networkx", "nltk", "numpy", "openai",
    "operator", "os", "pandas", "pathlib", "pickle", "pkg_resources", "platform", "plotly", "polars", "pprint",
    "pyspark", "pytorch_lightning", "random", "re", "requests", "scipy", "seaborn", "shutil", "six", "sklearn", "spacy",
    "sqlalchemy", "sqlite3", "statsmodels", "string", "subprocess", "sympy", "sys", "tempfile", "tensorflow",
    "tensorflow_datasets", "tensorflow_hub", "threading", "time", "timeit", "tokenizers", "torch", "torchvision",
    "tqdm", "transformers", "types", "typing", "urllib", "uuid", "warnings", "xgboost", "yaml", "zipfile"};

template <typename Table> constexpr bool sorted(const Table& table)
{
    return std::is_sorted(std::begin(table), std::end(table));
}
static_assert(sorted(given) && sorted(changing) && sorted(growing) && sorted(deep) && sorted(itself) && sorted(views));
static_assert(sorted(looking) && sorted(renewing) && sorted(argumentChanging) && sorted(saving) && sorted(installed));
static_assert(sorted(eachTime));

} // namespace

bool isGivenName(std::string_view name)
{
    if (holds(given, name)) {
        return true;
    }
    // _12 and _i12 are earlier results and inputs of IPython.
    const auto digits = name.substr(name.starts_with("_i") ? 2 : name.starts_with('_') ? 1 : name.size());
    return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

bool changesObject(std::string_view method)
{
    return holds(changing, method)
        || (method.size() > 2 && method.ends_with('_') && !method.ends_with("__") && method[0] != '_');
}
bool growsObject(std::string_view method)
{
    return holds(growing, method);
}
bool changesEachTime(std::string_view function)
{
    return holds(eachTime, function);
}
bool changesHeld(std::string_view method)
{
    return holds(deep, method);
}
bool returnsObject(std::string_view method)
{
    return holds(itself, method);
}
bool returnsView(std::string_view method)
{
    return holds(views, method);
}
bool onlyLooks(std::string_view method)
{
    return holds(looking, method) || method.starts_with("get") || method.starts_with("plot") || method.starts_with("is")
        || method.starts_with("show") || method.starts_with("to_") || method.starts_with("read")
        || method.starts_with("print");
}
bool givesNewObject(std::string_view method)
{
    return holds(renewing, method);
}
bool changesArgument(std::string_view function)
{
    return holds(argumentChanging, function);
}
bool savesSomething(std::string_view method)
{
    return holds(saving, method);
}
bool opensFile(std::string_view function)
{
    return function == "open" || function.starts_with("read") || function.starts_with("load")
        || function.starts_with("to_") || function.starts_with("save") || function == "imread" || function == "glob"
        || function == "listdir" || function == "exists" || function == "genfromtxt" || function == "dump";
}
bool isInstalledModule(std::string_view top)
{
    return holds(installed, top);
}
bool looksLikeModel(std::string_view name)
{
    constexpr std::string_view parts[] = {"model", "net", "agent", "optim", "classif", "clf", "generator",
        "discriminator", "learner", "encoder", "decoder", "policy", "regressor", "gan", "vae"};
    std::string low(name);
    std::transform(low.begin(), low.end(), low.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::any_of(std::begin(parts), std::end(parts), [&](auto part) { return low.find(part) != low.npos; });
}

} // namespace cupel::lineage
