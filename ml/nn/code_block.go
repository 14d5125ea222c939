package nn

import "descent/ml/python"

// What attention and the blocks of transformers are in other libraries' terms:
// written out, since PyTorch's and Keras' own have neither shared heads of keys
// nor rotary positions, and draw their weights otherwise.

var torchRotate = python.Def{Name: "rotate", Text: `def rotate(x):
    """Turns pairs of a head's values by an angle that grows with the step (RoFormer)."""
    half = x.shape[-1] // 2
    turns = 10000 ** (-torch.arange(half, device=x.device) / half)
    angles = torch.arange(x.shape[-2], device=x.device)[:, None] * turns
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * angles.cos() - b * angles.sin(), a * angles.sin() + b * angles.cos()], dim=-1)
`}

var torchAttention = python.Def{Name: "Attention", Needs: []python.Def{torchRotate}, Text: `class Attention(nn.Module):
    """Multi-head attention, also to another sequence; several heads may share keys and values."""

    def __init__(self, channels, context, heads, kv_heads=0, causal=False, rotary=False, dropout=0.0, bias=True):
        super().__init__()
        self.heads, self.kv_heads = heads, kv_heads or heads
        self.causal, self.rotary, self.dropout = causal, rotary, dropout
        keys = channels // heads * self.kv_heads
        self.query = nn.Linear(channels, channels, bias=bias)
        self.key = nn.Linear(context, keys, bias=bias)
        self.value = nn.Linear(context, keys, bias=bias)
        self.output = nn.Linear(channels, channels, bias=bias)

    def forward(self, x, context=None, seen=None):
        context = x if context is None else context
        q = self.query(x).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        k = self.key(context).unflatten(-1, (self.kv_heads, -1)).transpose(1, 2)
        v = self.value(context).unflatten(-1, (self.kv_heads, -1)).transpose(1, 2)
        if self.rotary:
            q, k = rotate(q), rotate(k)
        k = k.repeat_interleave(self.heads // self.kv_heads, dim=1)
        v = v.repeat_interleave(self.heads // self.kv_heads, dim=1)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        if self.causal:
            later = torch.ones(scores.shape[-2:], dtype=torch.bool, device=x.device).triu(1)
            scores = scores.masked_fill(later, float("-inf"))
        if seen is not None:  # 1 where a step may be seen, 0 where it only fills up
            scores = scores.masked_fill(seen[:, None, None, :] == 0, float("-inf"))
        weights = scores.softmax(-1).nan_to_num()  # a step that sees nothing gathers zeros
        weights = F.dropout(weights, self.dropout, self.training)
        return self.output((weights @ v).transpose(1, 2).flatten(2))
`}

var torchStart = python.Def{Name: "start", Text: `def start(module, draw, residual=1.0):
    """Draws the weights of all linear maps; those that lead into a shortcut are made smaller."""
    for name, m in module.named_modules():
        if isinstance(m, nn.Linear):
            draw(m.weight)
            if name.endswith(("output", "contract")):
                m.weight.data.mul_(residual)
            if m.bias is not None:
                nn.init.zeros_(m.bias)
`}

var torchBlock = python.Def{Name: "Block", Needs: []python.Def{torchAttention}, Text: `class Block(nn.Module):
    """A block of a transformer: attention, perhaps to another sequence too, and two linear maps."""

    def __init__(self, channels, heads, hidden, kv_heads=0, context=0, causal=False, rotary=False, pre_norm=True,
                 dropout=0.0, attention_dropout=0.0, bias=True, activation=F.gelu, norm=None):
        super().__init__()
        self.pre_norm, self.activation = pre_norm, activation
        self.attention = Attention(channels, channels, heads, kv_heads, causal, rotary, attention_dropout, bias)
        self.norm1, self.norm2 = norm(), norm()
        if context:
            self.cross = Attention(channels, context, heads, kv_heads, dropout=attention_dropout, bias=bias)
            self.norm3 = norm()
        self.expand = nn.Linear(channels, hidden, bias=bias)
        self.contract = nn.Linear(hidden, channels, bias=bias)
        self.dropout = nn.Dropout(dropout)

    def half(self, x, norm, f):
        if self.pre_norm:
            return x + self.dropout(f(norm(x)))
        return norm(x + self.dropout(f(x)))

    def forward(self, x, context=None, seen=None):
        own = seen if context is None else None
        x = self.half(x, self.norm1, lambda y: self.attention(y, seen=own))
        last = self.norm2
        if context is not None:
            x = self.half(x, self.norm2, lambda y: self.cross(y, context, seen))
            last = self.norm3
        return self.half(x, last, lambda y: self.contract(self.activation(self.expand(y))))
`}

var kerasRotate = python.Def{Name: "rotate", Text: `def rotate(x):
    """Turns pairs of a head's values by an angle that grows with the step (RoFormer)."""
    half = x.shape[-1] // 2
    angles = np.arange(x.shape[1])[:, None, None] * 10000.0 ** (-np.arange(half) / half)
    sin, cos = np.sin(angles).astype("float32"), np.cos(angles).astype("float32")
    a, b = x[..., :half], x[..., half:]
    return ops.concatenate([a * cos - b * sin, a * sin + b * cos], axis=-1)
`}

var kerasAttention = python.Def{Name: "Attention", Needs: []python.Def{kerasRotate}, Text: `class Attention(layers.Layer):
    """Multi-head attention, also to another sequence; several heads may share keys and values."""

    def __init__(self, channels, context, heads, kv_heads=0, causal=False, rotary=False, dropout=0.0, bias=True,
                 weights=lambda: "glorot_uniform", outward=None, regularizer=None, **kwargs):
        super().__init__(**kwargs)
        self.heads, self.kv_heads, self.size = heads, kv_heads or heads, channels // heads
        self.causal, self.rotary = causal, rotary
        keys = self.size * self.kv_heads
        inner = {"use_bias": bias, "kernel_regularizer": regularizer}
        self.query = layers.Dense(channels, kernel_initializer=weights(), **inner)
        self.key = layers.Dense(keys, kernel_initializer=weights(), **inner)
        self.value = layers.Dense(keys, kernel_initializer=weights(), **inner)
        self.output_map = layers.Dense(channels, kernel_initializer=(outward or weights)(), **inner)
        self.dropout = layers.Dropout(dropout)

    def call(self, x, context=None, seen=None, training=None):
        context = x if context is None else context
        split = lambda y, heads: ops.reshape(y, (-1, y.shape[1], heads, self.size))
        q = split(self.query(x), self.heads)
        k, v = split(self.key(context), self.kv_heads), split(self.value(context), self.kv_heads)
        if self.rotary:
            q, k = rotate(q), rotate(k)
        shared = self.heads // self.kv_heads
        k, v = ops.repeat(k, shared, axis=2), ops.repeat(v, shared, axis=2)
        scores = ops.einsum("bqhd,bkhd->bhqk", q, k) / self.size**0.5
        if self.causal:
            later = np.triu(np.ones((x.shape[1], x.shape[1]), dtype="float32"), 1)
            scores = scores - 1e9 * later
        if seen is not None:  # 1 where a step may be seen, 0 where it only fills up
            scores = scores - 1e9 * (1 - seen[:, None, None, :])
        weights = self.dropout(ops.softmax(scores), training=training)
        y = ops.einsum("bhqk,bkhd->bqhd", weights, v)
        return self.output_map(ops.reshape(y, (-1, x.shape[1], self.heads * self.size)))
`}

var kerasBlock = python.Def{Name: "Block", Needs: []python.Def{kerasAttention}, Text: `class Block(layers.Layer):
    """A block of a transformer: attention, perhaps to another sequence too, and two dense layers."""

    def __init__(self, channels, heads, hidden, kv_heads=0, context=0, causal=False, rotary=False, pre_norm=True,
                 dropout=0.0, attention_dropout=0.0, bias=True, activation="gelu", norm=None,
                 weights=lambda: "glorot_uniform", outward=None, regularizer=None, **kwargs):
        super().__init__(**kwargs)
        self.pre_norm, self.crosses = pre_norm, context > 0
        own = {"dropout": attention_dropout, "bias": bias, "weights": weights, "outward": outward, "regularizer": regularizer}
        self.attention = Attention(channels, channels, heads, kv_heads, causal, rotary, **own)
        self.norm1, self.norm2 = norm(), norm()
        if self.crosses:
            self.cross = Attention(channels, context, heads, kv_heads, **own)
            self.norm3 = norm()
        self.expand = layers.Dense(hidden, activation=activation, use_bias=bias, kernel_initializer=weights(),
                                   kernel_regularizer=regularizer)
        self.contract = layers.Dense(channels, use_bias=bias, kernel_initializer=(outward or weights)(),
                                     kernel_regularizer=regularizer)
        self.dropout = layers.Dropout(dropout)

    def half(self, x, norm, f, training):
        if self.pre_norm:
            return x + self.dropout(f(norm(x)), training=training)
        return norm(x + self.dropout(f(x), training=training))

    def call(self, x, context=None, seen=None, training=None):
        own = None if self.crosses else seen
        x = self.half(x, self.norm1, lambda y: self.attention(y, seen=own, training=training), training)
        last = self.norm2
        if self.crosses:
            x = self.half(x, self.norm2, lambda y: self.cross(y, context, seen, training=training), training)
            last = self.norm3
        return self.half(x, last, lambda y: self.contract(self.expand(y)), training)
`}
