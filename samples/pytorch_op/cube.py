#!/usr/bin/python3
"""Loads cube.mlu and calls its operator."""
import pathlib

import torch

import bang_torch

bang_torch.load(pathlib.Path(__file__).with_name("cube.mlu"))
print(torch.ops.own.cube(torch.arange(5.0)))
