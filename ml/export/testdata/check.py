"""Runs programs that were written for PyTorch, and compares them with what Descent computed.

check.py FOLDER: each NAME.py in it with NAME.safetensors, which holds the weights, the input and the output.
Prints a line for each that is not as it should be.
"""
import importlib.util
import json
import pathlib
import re
import struct
import sys
import types

import torch


def read(path):
    raw = path.read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8 : 8 + size])
    out = {}
    for name, t in header.items():
        if name != "__metadata__":
            a, b = t["data_offsets"]
            part = bytearray(raw[8 + size + a : 8 + size + b])
            out[name] = torch.frombuffer(part, dtype=torch.float32).reshape(t["shape"]) if part else torch.zeros(t["shape"])
    return out


def load(path, text):
    spec = importlib.util.spec_from_loader(path.stem.replace("-", "_"), loader=None)
    module = importlib.util.module_from_spec(spec)
    exec(compile(text, str(path), "exec"), module.__dict__)
    return module


def numbers(model):
    """Counts what Descent counts: without the second biases of recurrent networks that it has not."""
    n = 0
    for name, p in [*model.named_parameters(), *model.named_buffers()]:
        leaf, size = name.split(".")[-1], p.numel()
        if leaf == "num_batches_tracked" or name in getattr(model, "_non_persistent_buffers_set", ()):
            continue
        if leaf.startswith("bias_hh"):
            units = model.get_submodule(".".join(name.split(".")[:-1])).hidden_size
            size = units if size == 3 * units else 0
        n += size
    return n


def check(path):
    text = path.read_text()
    given = read(path.with_suffix(".safetensors"))
    module = load(path, text)
    model = module.Model()
    model.eval()
    x, want = given.pop("the input"), given.pop("the output")
    tokens = given.pop("the tokens", None) is not None
    if tokens:
        x = x.long()
    elif x.ndim == 4:
        x = x.permute(0, 3, 1, 2).contiguous()
    count = sum(t.numel() for t in given.values())
    if numbers(model) != count:
        return f"{numbers(model)} parameters, want {count}"
    module.take_weights(model, given)
    with torch.no_grad():
        out = model(x)
    if out.shape != want.shape:
        return f"the result is {tuple(out.shape)}, want {tuple(want.shape)}"
    gap = (out - want).abs().max().item() / max(1, want.abs().max().item())
    if not gap < 2e-4:
        return f"the results differ by {gap:.2g}"
    # The samples, with images that are white.
    x_train, y_train, x_valid, y_valid = module.load_data()
    if x_train.shape[1:] != x.shape[1:] or x_valid.shape[1:] != x.shape[1:] or len(x_train) != len(y_train) or len(x_valid) != len(y_valid):
        return f"the samples are {tuple(x_train.shape)} and {tuple(x_valid.shape)}"
    if "images.data" in text and ("/ 255" in text) != bool(x_train.max() == 1):
        return f"the whitest pixel is {x_train.max()}"
    # A little training, on samples of the same shape.
    text = re.sub(r"batch_size, epochs = \d+, \d+", "batch_size, epochs = 4, 2", text)
    module = load(path, re.sub(r"steps = \d+\n", "steps = 3\n", text))
    source = text.split("def load_data():")[1].split("\n\n\n")[0]
    classes = want.shape[-1]
    x = x.repeat(5, *[1] * (x.ndim - 1))
    if "y_train = x[" in source or re.search(r"torch.randint\(\d+, \(\d+,\)\)", source):
        y = torch.arange(len(x)) % max(2, classes)
    elif re.search(r", torch.randint\(\d+, \(\d+, \d+\)\)\n", source):
        y = torch.arange(len(x) * x.shape[1] if tokens else len(x)).reshape(len(x), -1)[:, : want.shape[1]] % classes
    else:
        y = torch.zeros(len(x), *want.shape[1:])
    module.load_data = lambda: (x, y, x[:3], y[:3])
    trained = module.main()
    if not all(p.isfinite().all() for p in trained.parameters()):
        return "a weight is no number after training"
    return ""


class Images:
    """Stands in for the images of torchvision."""

    def __init__(self, *_, **__):
        self.data = torch.full((60000, 28, 28), 255, dtype=torch.uint8)
        self.targets = torch.zeros(60000, dtype=torch.long)


torchvision = types.ModuleType("torchvision")
torchvision.datasets = types.SimpleNamespace(MNIST=Images, FashionMNIST=Images)
sys.modules["torchvision"] = torchvision
torch.set_num_threads(1)
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.py")):
    try:
        problem = check(path)
    except Exception as e:
        problem = f"{type(e).__name__}: {e}"
    if problem:
        print(f"{path.stem}: {problem}", file=sys.stderr)
