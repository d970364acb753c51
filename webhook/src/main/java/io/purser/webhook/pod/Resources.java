package io.purser.webhook.pod;

import java.util.Map;

/**
 * Requests and limits, as quantities in text.
 *
 * @param requests by resource name
 * @param limits by resource name
 */
public record Resources(Map<String, String> requests, Map<String, String> limits) {

    /** Nothing asked for. */
    public static final Resources NONE = new Resources(Map.of(), Map.of());
}
