package io.purser.planted.webhook.http;

import io.purser.planted.webhook.cli.Downstairs;

/** One half of a cycle. */
public record Upstairs(Downstairs other) {}
