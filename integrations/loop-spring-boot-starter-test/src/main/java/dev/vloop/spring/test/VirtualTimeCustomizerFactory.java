package dev.vloop.spring.test;

import dev.vloop.testkit.TestLoops;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Puts the runtime in virtual time into the contexts of classes with {@link VirtualTime}, before any configuration is read. */
final class VirtualTimeCustomizerFactory implements ContextCustomizerFactory {
    /** Makes the factory; Spring calls it. */
    VirtualTimeCustomizerFactory() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return TestContextAnnotationUtils.hasAnnotation(testClass, VirtualTime.class) ? new Customizer() : null;
    }

    /** All are equal, so that classes share contexts even if their tests begin at different times. */
    private record Customizer() implements ContextCustomizer {
        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration config) {
            BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
            RootBeanDefinition holder =
                    new RootBeanDefinition(ContextLoops.class, () -> new ContextLoops(context.getBeanFactory()));
            registry.registerBeanDefinition(ContextLoops.NAME, holder);
            RootBeanDefinition loops = new RootBeanDefinition(TestLoops.class);
            loops.setFactoryBeanName(ContextLoops.NAME);
            loops.setFactoryMethodName("loops");
            loops.setPrimary(true);
            loops.setDestroyMethodName(""); // its close is the test's
            registry.registerBeanDefinition("vloopTestLoops", loops);
        }
    }
}
