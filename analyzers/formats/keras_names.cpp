// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/keras_names.h"

#include "analyzers/formats/tf_operators.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace {

using std::string_view;

template <typename List> bool has(const List& list, string_view what)
{
    return std::find(std::begin(list), std::end(list), what) != std::end(list);
}

string_view nextPart(string_view& path)
{
    const auto dot = path.find('.');
    const auto part = path.substr(0, dot);
    path = dot == string_view::npos ? string_view() : path.substr(dot + 1);
    return part;
}

string_view lastPart(string_view name)
{
    const auto at = name.find_last_of(">.");
    return at == string_view::npos ? name : name.substr(at + 1);
}

constexpr string_view modelParts[] = {"layers", "models", "initializers", "regularizers", "constraints", "optimizers",
    "losses", "metrics", "activations", "callbacks", "random", "dtype_policies", "quantizers", "ops", "operations",
    "applications", "engine", "preprocessing", "mixed_precision", "legacy", "feature_column", "premade_models",
    "experimental", "backend", "trainers", "distribution", "wrappers", "optimizer_v2", "optimizer_v1", "schedules",
    "initializers_v2", "layers_v2", "remat", "visualization"};
constexpr string_view companions[] = {"keras_nlp", "keras_hub", "keras_cv", "keras_tuner", "keras_rs", "tensorflow_hub",
    "tensorflow_addons", "tensorflow_probability", "tensorflow_model_optimization", "tensorflow_text",
    "tensorflow_recommenders", "tensorflow_models", "official", "spektral", "larq", "qkeras", "kerastuner",
    "keras_contrib", "keras_self_attention", "keras_bert", "keras_preprocessing", "vit_keras", "segmentation_models",
    "efficientnet", "autokeras"};
constexpr string_view harmfulModules[] = {"os", "posix", "nt", "ntpath", "posixpath", "subprocess", "_posixsubprocess",
    "commands", "popen2", "sys", "importlib", "imp", "runpy", "code", "codeop", "pty", "pdb", "bdb", "ctypes",
    "_ctypes", "cffi", "shutil", "pathlib", "io", "_io", "tempfile", "glob", "socket", "_socket", "ssl", "http",
    "urllib", "urllib2", "urllib3", "requests", "aiohttp", "httpx", "ftplib", "smtplib", "telnetlib", "xmlrpc",
    "socketserver", "webbrowser", "pickle", "_pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve",
    "yaml", "jsonpickle", "pip", "setuptools", "distutils", "pkgutil", "pydoc", "platform", "multiprocessing",
    "threading", "_thread", "signal", "asyncio", "concurrent", "timeit", "profile", "cProfile", "trace", "doctest",
    "inspect", "gc", "types", "operator", "_operator", "functools", "__builtin__", "__builtins__", "linecache",
    "fileinput", "zipfile", "tarfile", "zipimport", "sqlite3", "mmap", "paramiko", "fabric", "psutil", "pexpect",
    "torch", "IPython", "nltk", "tkinter", "logging", "site", "atexit", "weakref", "ensurepip", "venv", "antigravity"};
constexpr string_view harmfulNames[] = {"eval", "exec", "execfile", "compile", "__import__", "import_module", "getattr",
    "setattr", "delattr", "open", "input", "breakpoint", "globals", "system", "popen", "Popen", "run_module",
    "run_path", "check_output", "check_call", "getoutput", "getstatusoutput", "execv", "execve", "execvp", "execl",
    "spawnl", "spawnv", "posix_spawn", "startfile", "urlopen", "urlretrieve", "loads", "CDLL", "WinDLL", "rmtree",
    "unlink", "CodeType", "FunctionType", "py_function", "numpy_function", "load_op_library", "load_library"};
constexpr string_view loaders[] = {"TFSMLayer", "get_file", "load_model", "load_weights", "save_model",
    "enable_unsafe_deserialization", "deserialize_keras_object", "model_from_json", "model_from_yaml",
    "model_from_config", "load_img", "save_img", "image_dataset_from_directory", "text_dataset_from_directory",
    "audio_dataset_from_directory", "set_backend", "HubLayer", "extract_archive", "get_registered_object"};
constexpr string_view tfWrappers[] = {
    "TFOpLambda", "SlicingOpLambda", "ClassMethod", "InstanceMethod", "InstanceProperty", "TensorFlowOpLayer"};
constexpr string_view harmfulTf[] = {"io.read_file", "io.write_file", "io.matching_files", "read_file", "write_file",
    "py_function", "numpy_function", "py_func", "load_library", "load_op_library", "train.load_checkpoint"};
constexpr string_view harmfulTfRoots[] = {"io.gfile.", "saved_model.", "data.", "summary.", "distribute.", "sysconfig.",
    "config.", "train.", "debugging.experimental.", "compat.v1.gfile.", "compat.v1.py_func", "keras.utils.",
    "keras.models.", "keras.saving.", "experimental.", "autograph."};
constexpr string_view inCode[] = {"os", "sys", "subprocess", "socket", "ctypes", "importlib", "shutil", "pathlib",
    "pty", "requests", "urllib", "httpx", "http", "ftplib", "pickle", "marshal", "builtins", "__builtins__",
    "webbrowser", "base64", "codecs", "environ", "write_file", "read_file", "__globals__", "__subclasses__",
    "__getattribute__", "__class__", "__bases__", "__mro__", "write", "remove", "rmdir", "kill", "fork", "connect",
    "request", "post", "write_text", "write_bytes", "Request"};

// keras.activations, losses and metrics of Keras 3.15.
constexpr string_view functions[] = {"binary_accuracy", "binary_crossentropy", "binary_focal_crossentropy",
    "categorical_accuracy", "categorical_crossentropy", "categorical_focal_crossentropy",
    "categorical_generalized_cross_entropy", "categorical_hinge", "celu", "circle", "concordance_correlation",
    "cosine_similarity", "ctc", "dice", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu",
    "hard_swish", "hard_tanh", "hinge", "huber", "kl_divergence", "leaky_relu", "linear", "log_cosh", "log_sigmoid",
    "log_softmax", "mean_absolute_error", "mean_absolute_percentage_error", "mean_squared_error",
    "mean_squared_logarithmic_error", "mish", "pearson_correlation", "poisson", "relu", "relu6", "selu", "sigmoid",
    "silu", "soft_shrink", "softmax", "softplus", "softsign", "sparse_categorical_accuracy",
    "sparse_categorical_crossentropy", "sparse_plus", "sparse_sigmoid", "sparse_top_k_categorical_accuracy",
    "sparsemax", "squared_hinge", "squareplus", "swish", "tanh", "tanh_shrink", "threshold",
    "top_k_categorical_accuracy", "tversky"};

} // namespace

KerasModule kerasModuleOf(string_view module)
{
    if (module.empty() || module == "builtins") {
        return KerasModule::BuiltIn;
    }
    auto rest = module;
    auto part = nextPart(rest);
    if (has(harmfulModules, part)) {
        return KerasModule::Harmful;
    }
    if (has(companions, part)) {
        return KerasModule::Companion;
    }
    if (part == "tensorflow" || part == "tensorflow_core") {
        for (part = nextPart(rest); part == "python" || part == "_api" || part == "v2" || part == "compat";) {
            part = nextPart(rest);
        }
        if (part != "keras") {
            return KerasModule::Foreign;
        }
    } else if (part != "keras" && part != "tf_keras" && part != "keras_core") {
        return KerasModule::Foreign;
    }
    part = nextPart(rest);
    while (part == "src" || part == "api" || part == "_v2" || part == "_v1" || part == "v2" || part == "keras"
        || part == "_tf_keras" || part == "saving_lib") {
        part = nextPart(rest);
    }
    return part.empty() || has(modelParts, part) ? KerasModule::Keras : KerasModule::KerasTool;
}

KerasName kerasNameOf(string_view className)
{
    const auto name = lastPart(className);
    if (name == "Lambda" || name == "__lambda__") {
        return KerasName::Lambda;
    }
    if (name == "TorchModuleWrapper") {
        return KerasName::Torch;
    }
    if (has(loaders, name)) {
        return KerasName::Loader;
    }
    if (has(tfWrappers, name)) {
        return KerasName::TensorFlowFunction;
    }
    return has(harmfulNames, name) ? KerasName::Harmful : KerasName::Usual;
}

bool isKerasFunction(string_view name)
{
    return has(functions, name);
}

bool isHarmfulTfFunction(string_view path)
{
    path = path.starts_with("tf.") ? path.substr(3) : path;
    path = path.starts_with("__internal__.") ? path.substr(13) : path;
    if (path.starts_with("raw_ops.")) {
        const auto what = classify(path.substr(8));
        return what >= TfOperator::Network || what == TfOperator::Unknown;
    }
    return has(harmfulTf, path)
        || std::any_of(std::begin(harmfulTfRoots), std::end(harmfulTfRoots),
            [path](string_view root) { return path.starts_with(root); });
}

bool isHarmfulInCode(string_view name)
{
    return has(inCode, name) || has(harmfulNames, name);
}

} // namespace cupel::formats
