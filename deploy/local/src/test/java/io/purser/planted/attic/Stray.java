package io.purser.planted.attic;

/** A class in no layer. */
public final class Stray {}
