import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { live } from './api/live.svelte';
import { nav } from './lib/nav.svelte';

nav.start();
live.start();
const root = document.getElementById('app');
if (root) mount(App, { target: root });
