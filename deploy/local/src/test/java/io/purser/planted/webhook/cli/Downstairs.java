package io.purser.planted.webhook.cli;

import io.purser.planted.webhook.http.Upstairs;

/** The other half of a cycle. */
public record Downstairs(Upstairs other) {}
