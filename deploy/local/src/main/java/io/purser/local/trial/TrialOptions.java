package io.purser.local.trial;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trial was asked for.
 *
 * @param manifests files and folders
 * @param vault a real store, or null for the embedded one
 * @param ca its CA certificates, or null
 * @param jwt a file with the pod's token, or null for one signed here
 * @param secrets what the embedded store is filled with, or null for {@code secrets.json} beside the manifest
 * @param policy what the pod's role may do in the embedded store (HCL), or null for {@code policy.hcl} beside the manifest
 * @param out where the files are left, or null
 * @param sidecar {@code native} or {@code classic} for pods that do not say, or null
 * @param once whether it ends after the first rendering
 * @param logLevel of the agent
 * @param timeout how long the agent may take to render everything
 * @param watch how long a change in a real store is waited for
 */
record TrialOptions(
        List<Path> manifests,
        @Nullable URI vault,
        @Nullable Path ca,
        @Nullable Path jwt,
        @Nullable Path secrets,
        @Nullable Path policy,
        @Nullable Path out,
        @Nullable String sidecar,
        boolean once,
        String logLevel,
        Duration timeout,
        Duration watch) {}
