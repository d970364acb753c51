package io.purser.planted.agent.run.util;

/** A room for leftovers. */
public final class Leftover {}
