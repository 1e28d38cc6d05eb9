import { h, options, render } from 'preact';
import { setLocale } from '../src/results/format';
import { App } from './app';
import { registerToolkit } from './toolkit';

// Any number of changes make one drawing a frame.
options.debounceRendering = requestAnimationFrame;
setLocale(document.documentElement.lang || 'en');
registerToolkit();
render(h(App, {}), document.getElementById('root') ?? document.body);
