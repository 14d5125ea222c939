"""Writes golden.json: what numpy makes of answers drawn at random, from the
definitions, without the shortcuts that the Go code takes. Run it here:
python3 golden.py"""
import json
import numpy as np

rng = np.random.default_rng(5)


def classes(n, c, sharp):
    truth = rng.integers(0, c, n)
    logits = rng.normal(size=(n, c))
    logits[np.arange(n), truth] += sharp
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    p = np.round(p, 2)  # ties
    p = p.astype(np.float32)
    guess = p.argmax(1)
    sure = p.max(1).astype(np.float64)
    right = guess == truth
    bins, ece = [], 0.0
    for b in range(10):
        low, high = b / 10, (b + 1) / 10
        inside = ((sure > low) | (b == 0)) & (sure <= high)
        k = int(inside.sum())
        bins.append([k, float(sure[inside].mean()) if k else 0.0, float(right[inside].mean()) if k else 0.0])
        if k:
            ece += k / n * abs(bins[-1][1] - bins[-1][2])
    chance = np.maximum(p[np.arange(n), truth].astype(np.float64), 1e-38)
    case = {"n": n, "classes": c, "p": p.astype(float).ravel().tolist(), "truth": truth.tolist(), "bins": bins, "ece": ece,
            "log_loss": float(-np.log(chance).mean()), "curves": []}
    for k in range(c):
        score, of = p[:, k], truth == k
        pairs = np.sign(score[of][:, None].astype(float) - score[~of][None, :].astype(float))
        auc = float(((pairs + 1) / 2).mean())
        # Average precision as scikit-learn defines it: over the thresholds from
        # the highest down, the sum of (R_i - R_{i-1}) P_i.
        ap, before = 0.0, 0.0
        points = [[0, 0]]
        for t in np.unique(score)[::-1]:
            hit, alarm = int((of & (score >= t)).sum()), int((~of & (score >= t)).sum())
            recall = hit / of.sum()
            ap += (recall - before) * hit / (hit + alarm)
            before = recall
            points.append([hit, alarm])
        at = [[int((of & (score.astype(np.float64) > t / 100)).sum()), int((~of & (score.astype(np.float64) > t / 100)).sum())] for t in range(101)]
        case["curves"].append({"auc": auc, "ap": float(ap), "points": points, "at": at})
    return case


def values(n, d):
    told = rng.normal(3, 2, size=(n, d)).astype(np.float32)
    answered = (told + rng.normal(0.2, 0.5, size=(n, d))).astype(np.float32)
    out = {"n": n, "width": d, "told": told.astype(float).ravel().tolist(), "answered": answered.astype(float).ravel().tolist()}
    off = told.astype(np.float64) - answered.astype(np.float64)
    out["mse"], out["mean"], out["sd"] = float((off**2).mean()), off.mean(0).tolist(), off.std(0).tolist()
    out["histograms"] = []
    for k in range(d):
        reach = np.abs(off[:, k]).max()
        out["histograms"].append(np.histogram(off[:, k], 21, (-reach, reach))[0].tolist())
    out["order"] = np.argsort(-np.sqrt((off**2).sum(1)), kind="stable").tolist()
    m = told.astype(np.float64).mean(0) + 0.5  # what a baseline answers
    t = told.astype(np.float64)
    out["constant"] = {"means": m.tolist(), "mse": float(((t - m) ** 2).mean()), "mae": float(np.abs(t - m).mean()),
                       "r2": float(np.mean(1 - ((t - m) ** 2).sum(0) / ((t - t.mean(0)) ** 2).sum(0)))}
    return out


with open("golden.json", "w") as f:
    json.dump({"classes": [classes(300, 4, 1.5), classes(120, 2, 1.0)], "values": [values(150, 1), values(80, 2)]}, f)
