package io.purser.webhook.plan;

import io.purser.agent.config.AgentConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is added to a pod. Objects of the API are trees: maps, lists, texts, numbers, booleans.
 *
 * @param summary what is injected, for people and audit
 * @param config what the agent gets, or null when only mounts are added to a pod that has its agent
 * @param volumes volumes to add
 * @param mounts volume mounts to add to the pod's own containers
 * @param env environment variables to add to the pod's own containers
 * @param initContainer the agent among the init containers, or null
 * @param initPosition its place among the pod's init containers as they came
 * @param sidecar the agent among the containers, or null
 * @param shareProcessNamespace the value to set, or null to leave the pod's own
 * @param annotations annotations to add or replace
 */
public record InjectionPlan(
        Summary summary,
        @Nullable AgentConfig config,
        List<Map<String, Object>> volumes,
        List<Addition> mounts,
        List<Addition> env,
        @Nullable Map<String, Object> initContainer,
        int initPosition,
        @Nullable Map<String, Object> sidecar,
        @Nullable Boolean shareProcessNamespace,
        Map<String, String> annotations) {

    /**
     * Elements to add to a list of one of the pod's own containers.
     *
     * @param init whether the container is an init container
     * @param index its place in the pod as it came
     * @param listIsEmpty whether the container has no such list yet
     * @param elements what to add, never empty
     */
    public record Addition(boolean init, int index, boolean listIsEmpty, List<Map<String, Object>> elements) {}

    /**
     * What is injected.
     *
     * @param shape {@code native}, {@code classic}, {@code init-only}, {@code sidecar-only} or {@code mounts-only}
     * @param files the paths of the files, as the application sees them
     * @param secrets the paths of the secrets that are named in annotations; templates may name more
     */
    public record Summary(String shape, List<String> files, List<String> secrets) {}
}
