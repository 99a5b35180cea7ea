# SPDX-License-Identifier: GPL-3.0-or-later
"""Checkpoints of Orbax: databases (OCDBT) and folders of arrays, each with Zarr 2 and 3. The arrays are larger than what a database
keeps in its nodes, so that they stand in data files of their own."""
import os
import shutil

os.environ["JAX_PLATFORMS"] = "cpu"
import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import orbax.checkpoint  # noqa: E402
from orbax.checkpoint import version  # noqa: E402

from made import Made  # noqa: E402


def state():
    key = jax.random.PRNGKey(7)
    return {"dense": {"kernel": jax.random.normal(key, (40, 20)), "bias": jnp.zeros((20,))},
            "embed": jax.random.normal(key, (50, 16)).astype(jnp.bfloat16), "step": jnp.int32(7)}


def format_of(path):
    name, folder = os.path.basename(path), os.path.basename(os.path.dirname(path))
    return "ocdbt" if name == "manifest.ocdbt" or folder == "d" else "zarr" if name.replace(".", "").isdigit() or name == "c" else "text"


made = Made("orbax", version.__version__)
for name, options in (("database", {"use_ocdbt": True}), ("database3", {"use_ocdbt": True, "use_zarr3": True}),
                      ("plain", {"use_ocdbt": True, "use_compression": False}), ("folders", {"use_ocdbt": False}),
                      ("folders3", {"use_ocdbt": False, "use_zarr3": True})):
    folder = os.path.join(made.out, made.name, name)
    shutil.rmtree(folder, ignore_errors=True)
    orbax.checkpoint.Checkpointer(orbax.checkpoint.PyTreeCheckpointHandler(**options)).save(folder, state())
    told = os.path.join(folder, "commit_success.txt")  # it names the folder on the machine that wrote it
    if os.path.exists(told):
        with open(told, encoding="utf-8") as stream:
            text = stream.read().replace(os.path.abspath(folder), made.name + "/" + name)
        with open(told, "w", encoding="utf-8") as stream:
            stream.write(text)
    for parent, _, files in os.walk(folder):
        for file in files:
            path = os.path.relpath(os.path.join(parent, file), os.path.join(made.out, made.name))
            made.path(path, format_of(path), 4 if file == "_METADATA" else None, "PyTreeCheckpointHandler.save")
made.close()
