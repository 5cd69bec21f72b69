"""A tiny translation model, built by hand through `ctranslate2.specs`, that copies its source piece by piece.

Its attention looks, at each step, at the source position of the same number, and past the last one it ends. So whatever an engine loses,
repeats or puts in another order shows in its output.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import sentencepiece
from ctranslate2.specs import TransformerSpec

POSITIONS = 200
SPECIAL = ["</s>", "<unk>", "<s>", "<pad>"]
CORPUS = (
    "the quick brown fox jumps over the lazy dog, near 10 rivers; and my_file_name.txt too.",
    "敏捷的棕色狐狸跳过了懒狗，在十条河附近；还有一个文件。",
    "0123456789 abcdefghijklmnopqrstuvwxyz!?",
)


def sentencepiece_model(path: Path) -> list[str]:
    """Train a character model on a few sentences, write it, and give its pieces."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(CORPUS),
        model_writer=model,
        model_type="char",
        normalization_rule_name="identity",
        vocab_size=500,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
    )
    path.write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    return [piece for piece in pieces if piece not in SPECIAL]


def copying_model(folder: Path, pieces: list[str], *, add_source_eos: bool = True) -> None:
    """Write a CTranslate2 model that copies `pieces`; its width holds one place a piece and a position."""
    vocabulary = SPECIAL + pieces
    size, width = len(vocabulary), len(vocabulary) + POSITIONS
    places = np.zeros((POSITIONS, width), np.float32)
    places[:, size:] = np.eye(POSITIONS)
    words = np.eye(size, width, dtype=np.float32)
    only_places = np.diag(np.r_[np.zeros(size), np.ones(POSITIONS)]).astype(np.float32)
    only_words = np.diag(np.r_[np.ones(size), np.zeros(POSITIONS)]).astype(np.float32)
    nothing = np.zeros((width, width), np.float32)

    spec = TransformerSpec.from_config(num_layers=1, num_heads=1, pre_norm=True)
    spec.encoder.scale_embeddings = spec.decoder.scale_embeddings = False
    spec.encoder.embeddings[0].weight = words
    spec.decoder.embeddings.weight = np.zeros((size, width), np.float32)
    spec.decoder.projection.weight = words * 4
    # A beam search ends with the first few hypotheses that end: the end mark must not be everyone's second choice.
    spec.decoder.projection.bias = np.r_[0, np.ones(size - 1)].astype(np.float32)
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = places
        for norm in (side.layer_norm, side.layer[0].self_attention.layer_norm, side.layer[0].ffn.layer_norm):
            norm.gamma, norm.beta = np.ones(width, np.float32), np.zeros(width, np.float32)
        for linear in (side.layer[0].ffn.linear_0, side.layer[0].ffn.linear_1):
            linear.weight, linear.bias = nothing, np.zeros(width, np.float32)
        merged, out = side.layer[0].self_attention.linear
        merged.weight, merged.bias = np.vstack([nothing] * 3), np.zeros(3 * width, np.float32)
        out.weight, out.bias = nothing, np.zeros(width, np.float32)
    attention = spec.decoder.layer[0].attention
    attention.layer_norm.gamma = np.ones(width, np.float32)
    attention.layer_norm.beta = np.zeros(width, np.float32)
    query, memory, out = attention.linear
    query.weight, query.bias = only_places * 4, np.zeros(width, np.float32)
    keys = only_places.copy()
    query.bias[0], keys[0, 0] = 20, 1  # whoever finds no place of the same number looks at the end mark
    memory.weight, memory.bias = np.vstack([keys, only_words]), np.zeros(2 * width, np.float32)
    out.weight, out.bias = only_words, np.zeros(width, np.float32)

    spec.config.add_source_eos = add_source_eos
    spec.config.decoder_start_token = "<s>" if add_source_eos else "<pad>"
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    folder.mkdir(parents=True)
    spec.save(str(folder))


def copying_package(packages_dir: Path, source: str, target: str, **metadata: str) -> Path:
    """Write an Argos package around a copying model."""
    folder = packages_dir / f"translate-{source}_{target}-1_0"
    folder.mkdir(parents=True)
    copying_model(folder / "model", sentencepiece_model(folder / "sentencepiece.model"))
    about = {"from_code": source, "to_code": target, "package_version": "1.0"} | metadata
    (folder / "metadata.json").write_text(json.dumps(about))
    return folder


def byte_pair_package(packages_dir: Path, source: str, target: str) -> Path:
    """Write an Argos package of the older kind, with Moses words and byte pairs; it knows one merge."""
    folder = packages_dir / f"translate-{source}_{target}-1_0"
    folder.mkdir(parents=True)
    (folder / "bpe.model").write_text("#version: 0.2\nf o\n")
    letters = [*sorted(set("".join(CORPUS) + "&;'éœ") - {" "}), "fo"]
    copying_model(folder / "model", [*letters, *(f"{letter}@@" for letter in letters)])
    about = {"from_code": source, "to_code": target, "package_version": "1.0"}
    (folder / "metadata.json").write_text(json.dumps(about))
    return folder
