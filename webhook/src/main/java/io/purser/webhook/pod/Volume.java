package io.purser.webhook.pod;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A volume of the pod.
 *
 * @param name unique in the pod
 * @param type the name of its source in the API, for example {@code projected}; an empty text where it has none
 * @param tokens the service-account tokens that it projects
 */
public record Volume(String name, String type, List<ProjectedToken> tokens) {

    /**
     * A projected service-account token.
     *
     * @param audience whom it is for, or null for the API server
     * @param path the file's path in the volume
     */
    public record ProjectedToken(@Nullable String audience, String path) {}
}
